using System.Globalization;

namespace VmRecovery.Node.Torture.Rules;

/// <summary>VMs and volumes of others are as before.</summary>
internal sealed class ForeignUntouchedRule() : EndRule(
    "VMT001", "foreign-touched", "a VM or volume of somebody else was changed or removed", "remove only what this run made")
{
    public override bool HoldsWithoutFault => true;

    public override IEnumerable<string> Violations(Trial trial)
    {
        foreach (var change in NodeDiff.ForeignChanges(trial.Baseline.Before, trial.Last.Node))
            yield return change;
        var isTaken = trial.Scenario.Faults.Any(f => f.Kind == Simulated.Faults.FaultKind.ForeignTakesVmId) && trial.First.Struck.Count > 0;
        if (!isTaken || !TakenId(trial, out var taken))
            yield break;
        if (trial.Last.Node.Machine(taken) is not { MadeByScript: false, Running: true })
            yield return string.Create(CultureInfo.InvariantCulture, $"somebody else's new VM {taken} was stopped or destroyed");
    }

    private static bool TakenId(Trial trial, out int id) =>
        int.TryParse(trial.Scenario.Step.CommandLine.Split(' ').ElementAtOrDefault(2), CultureInfo.InvariantCulture, out id);
}
