namespace VmRecovery.Node.Torture.Rules;

/// <summary>An abort or a signal leaves nothing.</summary>
internal sealed class RemovedRule() : EndRule(
    "VMT005", "left-behind", "something is left behind", "remove every VM, volume and file that this run made")
{
    public override IEnumerable<string> Violations(Trial trial)
    {
        var run = trial.Last;
        if (trial.Expected.HasFlag(ExpectedEnd.Removed))
            return Leftovers.OnNode(run.Node).Concat(InSystem(trial)).Select(l => "left behind: " + l);
        var machine = trial.Expected.HasFlag(ExpectedEnd.MachineRemoved) && run.Node.Machines.Any(m => m.MadeByScript)
            ? (IEnumerable<string>)["the VM is still there"]
            : [];
        return trial.Expected.HasFlag(ExpectedEnd.CleanSystem) ? machine.Concat(InSystem(trial).Select(l => "left behind: " + l)) : machine;
    }

    private static IEnumerable<string> InSystem(Trial trial) => trial.Baseline.Leftovers.InSystem(trial.Last, failed: true);
}
