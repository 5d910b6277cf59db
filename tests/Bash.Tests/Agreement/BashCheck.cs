using VmRecovery.Host.Processes;

namespace VmRecovery.Bash.Tests.Agreement;

/// <summary>Asks bash about scripts.</summary>
internal static class BashCheck
{
    private static readonly Dictionary<string, string?> Environment = new(StringComparer.Ordinal) { ["LC_ALL"] = "C" };

    /// <summary>
    /// Whether bash accepts a script: <c>bash -n</c> succeeds and is silent. It prints some syntax errors and exits 0.
    /// </summary>
    public static async Task<bool> AcceptsAsync(string path, CancellationToken cancellation)
    {
        var outcome = await ProcessRunner.RunAsync("bash", ["-n", path], environment: Environment, cancellation: cancellation);
        return outcome.ExitCode == 0 && outcome.Error.Length == 0;
    }

    /// <summary>Runs a script and returns its output and exit code.</summary>
    public static async Task<(string Output, int ExitCode)> RunAsync(string script, CancellationToken cancellation)
    {
        var outcome = await ProcessRunner.RunAsync("bash", ["--norc", "-c", script], environment: Environment, cancellation: cancellation);
        return (outcome.Output, outcome.ExitCode);
    }
}
