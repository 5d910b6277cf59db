using VmRecovery.Diagnostics;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.Sandbox;
using VmRecovery.Scripts.Patching;

namespace VmRecovery.Node.Torture;

/// <summary>
/// Writes the commands of a script so that they pass by the wrappers, one at a time, and patches the result: the patcher refuses
/// with line and advice, or the patched script does no harm all the same.
/// </summary>
internal sealed class HiddenTrials(TortureRequest request, ExecutionResult undisturbed)
{
    private static readonly DiagnosticDescriptor NoAdvice = new()
    {
        Id = "VMT011",
        Name = "refused-without-line",
        Category = "torture",
        Summary = "the patcher refuses a hidden command without naming its line",
        Help = "name the line of the command, and what to write in its place",
    };

    /// <summary>Patches every disguised script, and runs those that are not refused.</summary>
    /// <param name="run">Runs scenarios.</param>
    /// <param name="script">The script without a patch.</param>
    public async Task<IReadOnlyList<TortureResult>> RunAsync(Func<IReadOnlyList<Scenario>, Task<TortureResult[]>> run, byte[] script)
    {
        var results = new List<TortureResult>();
        var accepted = new List<Scenario>();
        foreach (var hidden in HiddenCommand.Of(request.ScriptPath, script))
        {
            var outcome = ScriptPatcher.Patch(new ScriptText(request.ScriptPath, hidden.Script));
            if (outcome.Refusal is { } refusal)
                results.Add(Refused(hidden, refusal));
            else
                accepted.AddRange(Scenarios(hidden with { Script = outcome.After.Raw }));
        }
        return [.. results, .. await run(accepted)];
    }

    // Undisturbed, with the VMID taken, and with a failure at the end.
    private IEnumerable<Scenario> Scenarios(HiddenCommand hidden)
    {
        var create = ScenarioPlan.Creation(undisturbed.Steps) ?? undisturbed.Steps[0];
        var last = undisturbed.Steps.Last(s => !s.CommandLine.StartsWith("qm sendkey", StringComparison.Ordinal));
        yield return new Scenario(ScenarioKind.Hidden, create, [], "") { Hidden = hidden };
        yield return new Scenario(ScenarioKind.Hidden, create, [Fault.AtStep(create.Number, FaultKind.ForeignTakesVmId)], "abort") { Hidden = hidden };
        yield return new Scenario(ScenarioKind.Hidden, last, [Fault.AtStep(last.Number, FaultKind.Fail)], "abort") { Hidden = hidden };
    }

    private static TortureResult Refused(HiddenCommand hidden, Diagnostic refusal)
    {
        var step = new Step(0, hidden.Command);
        IReadOnlyList<Diagnostic> violations = refusal.Location.Line == hidden.Line || refusal is { Id: "VMS113", Location.Line: > 0 }
            ? []
            : [new Diagnostic(NoAdvice, refusal.Location, FormattableString.Invariant($"refused, but not for line {hidden.Line}: {refusal.Location}: {refusal.Message}"))];
        return new TortureResult(new Scenario(ScenarioKind.Hidden, step, [], "") { Hidden = hidden }, violations, ExitCodes.BadInput, refusal.Message);
    }
}
