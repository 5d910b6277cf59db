using System.Diagnostics;
using System.Globalization;
using VmRecovery.Processes;

namespace VmRecovery.Tests.Recovery;

/// <summary>
/// A real terminal (tmux) around a script that runs in the sandbox. The socket lies outside the sandbox's own
/// directories, so that the test can look at the screen and press keys from outside.
/// </summary>
internal sealed class Terminal(string directory) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string socket = Path.Combine(directory, "tmux");

    private string ExitCodeFile => Path.Combine(directory, "status");

    /// <summary>The bash program that the sandbox runs in place of the script: it ends when the script has, with its status.</summary>
    /// <param name="script">Path of the script, as the sandbox sees it.</param>
    public string Launcher(string script) => $"""
        # tmux answers TERM itself; a size that fits every dialog.
        tmux -S '{socket}' -f /dev/null new-session -d -x 110 -y 40 "bash '{script}'; echo \$? >'{ExitCodeFile}'"
        while [[ ! -s '{ExitCodeFile}' ]] && tmux -S '{socket}' has-session 2>/dev/null; do
          read -rt 0.05 <> <(:) || true
        done
        exit "$(cat '{ExitCodeFile}' 2>/dev/null || echo 255)"
        """;

    /// <summary>Waits until the screen shows a text and returns the screen.</summary>
    public async Task<string> SeesAsync(string text)
    {
        var waited = Stopwatch.StartNew();
        string screen;
        do
        {
            screen = await ScreenAsync();
            if (screen.Contains(text, StringComparison.Ordinal))
                return screen;
            await Task.Delay(50);
        }
        while (waited.Elapsed < Patience);
        throw new Xunit.Sdk.XunitException(string.Create(
            CultureInfo.InvariantCulture, $"The screen did not show '{text}' within {Patience.TotalSeconds} s. It shows:\n{screen}"));
    }

    /// <summary>Presses keys, by tmux's names: <c>Down</c>, <c>Enter</c>, <c>Escape</c>, or text.</summary>
    public async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
            await TmuxAsync("send-keys", key);
    }

    public async Task<string> ScreenAsync() => (await TmuxAsync("capture-pane", "-p")).Output;

    public async ValueTask DisposeAsync() => await TmuxAsync("kill-server");

    private async Task<ProcessOutcome> TmuxAsync(params string[] words) =>
        await ProcessRunner.RunAsync("tmux", ["-S", socket, .. words], timeLimit: TimeSpan.FromSeconds(5));
}
