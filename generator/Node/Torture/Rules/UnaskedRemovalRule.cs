namespace VmRecovery.Node.Torture.Rules;

/// <summary>A run without anybody to ask removes nothing of an earlier one.</summary>
internal sealed class UnaskedRemovalRule() : EndRule(
    "VMT008", "removed-unasked", "something of a killed run was removed without a question", "ask first; unattended, name it only")
{
    public override IEnumerable<string> Violations(Trial trial) => trial.Expected.HasFlag(ExpectedEnd.NamedByNextRun)
        ? Leftovers.OnNode(trial.First.Node).Except(Leftovers.OnNode(trial.Last.Node))
            .Select(gone => $"the second run removed {gone} of the killed one without being asked")
        : [];
}
