namespace VmRecovery.Node.Torture.Rules;

/// <summary>The planned fault struck: the script does the same each time.</summary>
internal sealed class FaultReachedRule() : EndRule(
    "VMT002", "fault-not-reached", "the step of the plan was not reached", "make the script do the same each time, or report this")
{
    public override bool HoldsWithoutFault => true;

    public override IEnumerable<string> Violations(Trial trial) =>
        trial.First.Struck.Count > 0 || trial.Scenario.Kind == ScenarioKind.Hidden || trial.Scenario.Faults.Count == 0
            ? []
            : ["the step was never reached: the script behaves differently each time"];
}
