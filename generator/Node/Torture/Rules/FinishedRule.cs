using System.Globalization;
using VmRecovery.Node.Simulated.Sandbox;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Torture.Rules;

/// <summary>A run that ends well has built the VM of the baseline.</summary>
internal sealed class FinishedRule() : EndRule(
    "VMT004", "not-finished", "the VM is not the one of the undisturbed run", "repeat the creation whole, and remove what the failed attempt made")
{
    private const ExpectedEnd AnyFinish = ExpectedEnd.Finished | ExpectedEnd.FinishedBeside | ExpectedEnd.FinishedAfterKill;

    public override IEnumerable<string> Violations(Trial trial)
    {
        if (trial.Expected.HasFlag(ExpectedEnd.PassedOver))
            return WithoutStep(trial);
        if ((trial.Expected & AnyFinish) == 0)
            return [];
        return trial.Last.ExitCode == 0 ? Differences(trial) : Unfinished(trial);
    }

    private static IEnumerable<string> Unfinished(Trial trial)
    {
        if (trial.Expected.HasFlag(ExpectedEnd.FinishedBeside))
            return [string.Create(CultureInfo.InvariantCulture, $"the second run ended with exit {trial.Last.ExitCode}")];
        return Leftovers.OnNode(trial.Last.Node).Select(l => "left behind: " + l)
            .Prepend(string.Create(CultureInfo.InvariantCulture, $"exit {trial.Last.ExitCode}, no finished VM"));
    }

    private static IEnumerable<string> Differences(Trial trial)
    {
        var (run, isAfterKill) = (trial.Last, trial.Expected.HasFlag(ExpectedEnd.FinishedAfterKill));
        var differences = NodeDiff.Differences(trial.Baseline.Run.Node, run.Node, withContent: true);
        if (trial.Expected.HasFlag(ExpectedEnd.FinishedBeside))
            return differences;
        differences = differences.Concat(trial.Baseline.Leftovers.InSystem(run, failed: isAfterKill).Select(l => "left behind: " + l));
        if (run.Node.Machines.Count(m => m.MadeByScript) > 1)
            differences = differences.Append(isAfterKill ? "the killed run's VM is still there" : "there is a second VM");
        return isAfterKill ? differences.Concat(LeftoverReport.NotNamed(run, VolumesOfNobody(run.Node))) : differences;
    }

    private static IEnumerable<string> VolumesOfNobody(NodeSnapshot node) => node.Volumes
        .Where(v => v.MadeByScript && !node.Machines.Any(m => m.MadeByScript && m.Id == v.Owner)).Select(v => "volume " + v.Id);

    // The VM is finished but for what the script goes on without.
    private static IEnumerable<string> WithoutStep(Trial trial) =>
        (trial.Baseline.Run.Node.Machines.First(m => m.MadeByScript).Running == Runs(trial.Last) ? Array.Empty<string>() : ["the VM does not run"])
        .Concat(trial.Baseline.Leftovers.InSystem(trial.Last, failed: false).Select(l => "left behind: " + l));

    private static bool Runs(ExecutionResult run) => run.Node.Machines.Any(m => m is { MadeByScript: true, Running: true });
}
