using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using VmRecovery.Diagnostics;
using VmRecovery.Host.Processes;
using VmRecovery.Scripts.Shell;

namespace VmRecovery.Cli.Port;

/// <summary>Reads bash with shfmt's parser: trees by <c>--to-json</c>, canonical text by <c>--minify</c>.</summary>
/// <remarks>Printing a tree costs shfmt 0.17 s a script, printing text 0.01 s: the tree is asked for once per content.</remarks>
internal sealed partial class ShellTools : IShellTools
{
    private readonly ConcurrentDictionary<string, ReadOutcome> trees = new(StringComparer.Ordinal);

    /// <summary>Parses a script.</summary>
    /// <exception cref="ToolException">shfmt is missing or older than 3.6.</exception>
    public async Task<ReadOutcome> ReadAsync(ScriptText text, CancellationToken cancellation = default)
    {
        var key = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(text.Bytes));
        if (trees.TryGetValue(key, out var known))
            return known;
        var (exitCode, json, error) = await RunAsync(["-ln=bash", "--to-json"], text.Bytes, cancellation);
        var outcome = exitCode == 0
            ? new ReadOutcome(new ShellScript(text, SyntaxTreeReader.Read(json)), null)
            : new ReadOutcome(null, ErrorIn(error));
        trees[key] = outcome;
        return outcome;
    }

    /// <summary>
    /// The script as shfmt prints it without comments, blank lines and indentation: two scripts with the same tree
    /// give the same text.
    /// </summary>
    /// <exception cref="ToolException">shfmt is missing.</exception>
    public async Task<(string[]? Lines, SyntaxError? Error)> CanonicalAsync(byte[] script, CancellationToken cancellation = default)
    {
        var (exitCode, text, error) = await RunAsync(["-ln=bash", "-mn"], script, cancellation);
        // Latin-1 keeps every byte apart, whatever the encoding of the script.
        return exitCode == 0 ? (Encoding.Latin1.GetString(text).Split('\n'), null) : (null, ErrorIn(error));
    }

    /// <inheritdoc/>
    public async Task<string?> BashErrorAsync(byte[] script, CancellationToken cancellation = default)
    {
        var bash = await ProcessRunner.RunBytesAsync("bash", ["-n"], script, cancellation: cancellation);
        return bash.ExitCode == 0 ? null : bash.Error.Split('\n')[0].Trim();
    }

    private static async Task<(int ExitCode, byte[] Output, string Error)> RunAsync(
        IReadOnlyList<string> arguments, byte[] input, CancellationToken cancellation)
    {
        var outcome = await ProcessRunner.RunBytesAsync("shfmt", arguments, Readable(input), cancellation: cancellation);
        if (outcome.ExitCode != 0 && outcome.Error.Contains("flag provided but not defined", StringComparison.Ordinal))
            throw ToolException.MissingTool("shfmt: older than 3.6, which is the first that prints syntax trees; install a newer one");
        return (outcome.ExitCode, outcome.Output, outcome.Error);
    }

    // shfmt insists on UTF-8, bash does not. Such bytes stand in strings and comments; a byte for a byte keeps offsets.
    private static byte[] Readable(byte[] script) =>
        System.Text.Unicode.Utf8.IsValid(script) ? script : [.. script.Select(b => b < 0x80 ? b : (byte)'_')];

    private static SyntaxError ErrorIn(string message)
    {
        var found = Location().Match(message);
        return found.Success
            ? new SyntaxError(Number(found.Groups[1]), Number(found.Groups[2]), found.Groups[3].Value.Trim())
            : new SyntaxError(1, 1, message.Trim());

        static int Number(Group group) => int.Parse(group.ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"(\d+):(\d+): (.*)")]
    private static partial Regex Location();
}
