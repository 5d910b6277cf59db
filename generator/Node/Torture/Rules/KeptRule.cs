using System.Globalization;

namespace VmRecovery.Node.Torture.Rules;

/// <summary>A VM that was to be kept is there, and its user knows how to remove it.</summary>
internal sealed class KeptRule() : EndRule(
    "VMT006", "not-kept", "the VM that was to be kept is gone, or nothing says how to remove it", "leave the VM, and print the command that removes it")
{
    public override IEnumerable<string> Violations(Trial trial)
    {
        if (!trial.Expected.HasFlag(ExpectedEnd.Kept))
            yield break;
        var run = trial.Last;
        foreach (var left in trial.Baseline.Leftovers.InSystem(run, failed: true))
            yield return "left behind: " + left;
        if (!run.Calls.Any(c => c.ExitCode == 0 && c.CommandLine.StartsWith("qm create", StringComparison.Ordinal)))
            yield break;
        var machine = run.Node.Machines.FirstOrDefault(m => m.MadeByScript);
        if (machine is null)
            yield return "the VM is gone though it was to be kept";
        else if (!run.Output.Contains(string.Create(CultureInfo.InvariantCulture, $"qm destroy {machine.Id}"), StringComparison.Ordinal))
            yield return "nothing says how to remove the kept VM";
    }
}
