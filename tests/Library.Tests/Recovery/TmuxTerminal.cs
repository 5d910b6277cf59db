using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using VmRecovery.Host.Processes;

namespace VmRecovery.Tests.Recovery;

/// <summary>
/// A real terminal (tmux) around a script in the sandbox. The socket lies in the run's directory, which is /mnt inside:
/// the test looks at the screen and presses keys from outside.
/// </summary>
internal sealed partial class TmuxTerminal(string directory)
{
    /// <summary>
    /// Takes the place of the sandbox's program that gives a script its terminal: <c>bash FILE</c> are its words. The last
    /// screen is the run's output.
    /// </summary>
    public const string Launcher = """
        #!/bin/bash
        tmux -S /mnt/tmux -f /dev/null new-session -d -x 110 -y 40 "bash $2; status=\$?; tmux -S /mnt/tmux capture-pane -p >/mnt/screen; echo \$status >/mnt/status"
        while [[ ! -s /mnt/status ]] && tmux -S /mnt/tmux has-session 2>/dev/null; do
          /usr/bin/sleep 0.05
        done
        cat /mnt/screen 2>/dev/null
        # The session's shell needs a moment to go.
        /usr/bin/sleep 0.1
        exit "$(cat /mnt/status 2>/dev/null || echo 254)"

        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

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

    /// <summary>Takes an option of the recovery's menu: by its number, or by moving whiptail's bar to it.</summary>
    public async Task ChooseAsync(string option)
    {
        await SeesAsync("RECOVERY");
        var screen = await SeesAsync("abort ");
        var tags = Tags().Matches(screen).Select(m => m.Groups[1].Value).ToList();
        if (screen.Contains("1) ", StringComparison.Ordinal))
        {
            await SeesAsync("Number (");
            await PressAsync((tags.IndexOf(option) + 1).ToString(CultureInfo.InvariantCulture), "Enter");
            return;
        }
        await PressAsync("Home");
        for (var i = tags.IndexOf(option); i > 0; i--)
            await PressAsync("Down");
        await PressAsync("Enter");
    }

    /// <summary>Sends a signal to the script alone, as <c>kill PID</c> does.</summary>
    public async Task SignalScriptAsync(string signal) =>
        await TmuxAsync("run-shell", $"kill -{signal} $(cat /proc/#{{pane_pid}}/task/#{{pane_pid}}/children)");

    public async Task<string> ScreenAsync() => (await TmuxAsync("capture-pane", "-p")).Output;

    private async Task<ProcessOutcome> TmuxAsync(params string[] words) =>
        await ProcessRunner.RunAsync("tmux", ["-S", Path.Combine(directory, "tmux"), .. words], timeLimit: TimeSpan.FromSeconds(5));

    [GeneratedRegex(@"^\W*(?:\d+\) )?(retry|retry-settings|retry-clean-cache|first-boot|other-storage|shrink-disk|other-vmid|destroy-existing|free-volume|view-log|less-memory|more-memory|keep|abort) ", RegexOptions.Multiline)]
    internal static partial Regex Tags();
}

/// <summary>A run in a <see cref="TmuxTerminal"/>, under way.</summary>
internal sealed record TerminalSession(TmuxTerminal Terminal, Task<RecoveryOutcome> Run);
