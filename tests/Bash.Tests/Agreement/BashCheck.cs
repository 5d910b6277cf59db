using CliWrap;
using CliWrap.Buffered;

namespace VmRecovery.Bash.Tests.Agreement;

/// <summary>Asks bash about scripts.</summary>
internal static class BashCheck
{
    /// <summary>
    /// Whether bash accepts a script: <c>bash -n</c> succeeds and is silent. It prints some syntax errors and exits 0.
    /// </summary>
    public static async Task<bool> AcceptsAsync(string path, CancellationToken cancellation)
    {
        var result = await Cli.Wrap("bash").WithArguments(["-n", path]).WithEnvironmentVariables(e => e.Set("LC_ALL", "C"))
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellation);
        return result.ExitCode == 0 && result.StandardError.Length == 0;
    }

    /// <summary>Runs a script and returns its output and exit code.</summary>
    public static async Task<(string Output, int ExitCode)> RunAsync(string script, CancellationToken cancellation)
    {
        var result = await Cli.Wrap("bash").WithArguments(["--norc", "-c", script]).WithEnvironmentVariables(e => e.Set("LC_ALL", "C"))
            .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellation);
        return (result.StandardOutput, result.ExitCode);
    }
}
