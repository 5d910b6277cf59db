using VmRecovery.Host.Processes;
using VmRecovery.Scripts.Patching;

namespace VmRecovery.Cli.Port;

/// <summary>The last check of a patched script: bash itself reads it before anything is shown or written.</summary>
internal static class BashGate
{
    /// <summary>Returns the outcome as it is when bash accepts the new text, else the refusal with bash's complaint.</summary>
    public static async Task<PatchOutcome> CheckAsync(PatchOutcome outcome, CancellationToken cancellation)
    {
        if (outcome.Status != PatchStatus.Patched || await ComplaintAsync(outcome.After.Bytes, cancellation).ConfigureAwait(false) is not { } complaint)
            return outcome;
        return await ComplaintAsync(outcome.Before.Bytes, cancellation).ConfigureAwait(false) is { } before
            ? PatchOutcome.Unreadable(outcome.Before, Refusals.Whole(outcome.Before.Path, PortDiagnostics.Syntax, "bash does not accept it as it is: " + before))
            : PatchOutcome.Refused(outcome.Before, Refusals.Whole(outcome.Before.Path, PortDiagnostics.UnsafePatch, "bash would not accept the result: " + complaint));
    }

    // bash reports a broken condition, and exits 0.
    private static async Task<string?> ComplaintAsync(byte[] script, CancellationToken cancellation)
    {
        // In a locale that is not installed bash complains about that, too.
        var bash = await ProcessRunner.RunBytesAsync("env", ["LC_ALL=C", "bash", "-n"], script, cancellation: cancellation).ConfigureAwait(false);
        return bash is { ExitCode: 0, Error: "" } ? null : bash.Error.Split('\n')[0].Trim();
    }
}
