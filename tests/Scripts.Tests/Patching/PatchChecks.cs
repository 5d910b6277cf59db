using VmRecovery.Cli.Port;
using VmRecovery.Host.Processes;
using VmRecovery.Scripts.Patching;

namespace VmRecovery.Tests.Patching;

/// <summary>What holds for every script that was patched, whatever it looks like.</summary>
internal static class PatchChecks
{
    public static Task<PatchOutcome> PatchAsync(byte[] script, IReadOnlyList<string>? inlined = null) =>
        BashGate.CheckAsync(ScriptPatcher.Patch(new ScriptText("input.sh", script), inlined), CancellationToken.None);

    /// <summary>Patched: bash takes it, a second run finds nothing to do, and revert gives the same bytes. Else: untouched.</summary>
    public static async Task WholeOrNotAtAllAsync(byte[] script, PatchOutcome outcome)
    {
        if (outcome.Status is PatchStatus.Refused or PatchStatus.Unreadable)
        {
            Assert.Equal(script, outcome.After.Raw);
            Assert.False(string.IsNullOrWhiteSpace(outcome.Refusal?.Message));
            return;
        }
        Assert.Equal(PatchStatus.Patched, outcome.Status);
        Assert.InRange(outcome.Insertions.Sum(e => e.LineCount), 1, 40);
        var bash = await ProcessRunner.RunBytesAsync("bash", ["-n"], outcome.After.Bytes, TimeSpan.FromSeconds(20));
        Assert.Equal((0, ""), (bash.ExitCode, bash.Error));
        var again = await PatchAsync(outcome.After.Raw);
        Assert.Equal(PatchStatus.Unchanged, again.Status);
        Assert.Equal(outcome.After.Raw, again.After.Raw);
        Assert.Equal(script, ScriptPatcher.Revert(new ScriptText("input.sh", outcome.After.Raw)).After.Raw);
    }
}
