using System.Globalization;

namespace VmRecovery.Node.Torture.Rules;

/// <summary>What is left is named.</summary>
internal sealed class LeftoversNamedRule() : EndRule(
    "VMT007", "not-named", "something is left and nobody says so", "look afterwards, and name what is still there")
{
    public override IEnumerable<string> Violations(Trial trial)
    {
        var run = trial.Last;
        if (trial.Expected.HasFlag(ExpectedEnd.NamedByNextRun))
            return LeftoverReport.NotNamed(
                run, Leftovers.OnNode(trial.First.Node).Concat(trial.Baseline.Leftovers.InSystem(run, failed: true)));
        var isFinished = trial.Expected.HasFlag(ExpectedEnd.Finished) && run.ExitCode == 0;
        if (!trial.Expected.HasFlag(ExpectedEnd.Named) || isFinished)
            return [];
        var left = LeftoverReport.NotNamed(run, Leftovers.OnNode(run.Node));
        return trial.Expected.HasFlag(ExpectedEnd.UnlockNamed) ? left.Concat(StillLocked(trial)) : left;
    }

    private static IEnumerable<string> StillLocked(Trial trial) =>
        from machine in trial.Last.Node.Machines
        where machine.MadeByScript && machine.Config.ContainsKey("lock")
        let unlock = string.Create(CultureInfo.InvariantCulture, $"qm unlock {machine.Id}")
        where !trial.Last.Output.Contains(unlock, StringComparison.Ordinal)
        select string.Create(CultureInfo.InvariantCulture, $"VM {machine.Id} is locked and nobody says '{unlock}'");
}
