using System.Globalization;
using System.Text.RegularExpressions;
using VmRecovery.Diagnostics;

namespace VmRecovery.Host.Processes;

/// <summary>An external program that the tool needs, and the oldest version that will do.</summary>
internal sealed partial record RequiredTool(string Program, Version Oldest, string Package)
{
    /// <summary>ShellCheck. 0.8 added <c>-o all</c> checks we rely on.</summary>
    public static readonly RequiredTool ShellCheck = new("shellcheck", new Version(0, 8), "shellcheck");

    /// <summary>shfmt. <c>--to-json</c> appeared in 3.6.</summary>
    public static readonly RequiredTool Shfmt = new("shfmt", new Version(3, 6), "shfmt");

    /// <summary>Asks the program for its version.</summary>
    /// <exception cref="ToolException">It is missing or too old (exit code 3).</exception>
    public async Task RequireAsync(CancellationToken cancellation = default)
    {
        ProcessOutcome outcome;
        try
        {
            outcome = await ProcessRunner.RunAsync(Program, ["--version"], cancellation: cancellation).ConfigureAwait(false);
        }
        catch (ToolException)
        {
            throw Missing("is not installed");
        }
        var match = VersionNumber().Match(outcome.Output);
        if (!match.Success)
            throw Missing("does not tell its version");
        var found = new Version(
            int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture),
            int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        if (found < Oldest)
            throw Missing($"is version {found}, too old");
    }

    private ToolException Missing(string what) =>
        ToolException.MissingTool($"{Program} {what}; {Oldest} or newer is needed: apt-get install {Package}");

    [GeneratedRegex(@"\bv?(\d+)\.(\d+)")]
    private static partial Regex VersionNumber();
}
