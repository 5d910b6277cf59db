using VmRecovery.Diagnostics;
using VmRecovery.Node.Torture.Rules;

namespace VmRecovery.Node.Torture;

/// <summary>Judges trials by the rules.</summary>
internal static class Verdict
{
    /// <summary>All rules, in the order of their findings.</summary>
    public static IReadOnlyList<EndRule> Rules { get; } =
    [
        new ForeignUntouchedRule(), new FaultReachedRule(), new ExitCodeRule(), new FinishedRule(), new RemovedRule(), new KeptRule(),
        new LeftoversNamedRule(), new UnaskedRemovalRule(), new TelemetryRule(),
    ];

    /// <summary>Finds what is wrong with the end of a trial; nothing when it is as chosen, or as the contract says.</summary>
    /// <param name="script">Path of the script, for the findings.</param>
    /// <param name="trial">The runs of one scenario.</param>
    public static IReadOnlyList<Diagnostic> Judge(string script, Trial trial)
    {
        var isReached = trial.Scenario.Faults.Count == 0 || trial.Scenario.Kind == ScenarioKind.Hidden || trial.First.Struck.Count > 0;
        trial = trial with { Expected = isReached ? ExpectedEnds.Of(trial) : ExpectedEnd.None };
        var place = Location.OfFile(script);
        return [.. Rules.Where(r => isReached || r.HoldsWithoutFault)
            .SelectMany(r => r.Violations(trial).Select(v => new Diagnostic(r.Descriptor, place, v)))];
    }
}
