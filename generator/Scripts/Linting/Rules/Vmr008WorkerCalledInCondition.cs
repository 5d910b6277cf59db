using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR008: a function that relies on errexit is called in a condition.</summary>
internal sealed class Vmr008WorkerCalledInCondition : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR008",
            Name = "worker-called-in-condition",
            Category = "Lost status",
            Severity = Severity.Warning,
            Summary = "a function that relies on errexit is called in a condition",
            Rationale =
                "In 'if f', '! f', 'f && x' and 'f || x' errexit and the ERR trap are off in all of f: a step "
                + "that fails is passed over, and the next one runs on what is missing.",
            Help = "call it as a plain statement, or in a subshell with its own 'set -e'",
            BadExample = """
                #!/usr/bin/env bash
                set -e
                install() {
                  curl -fsSL -o image.tar https://example.org/image.tar
                  tar -xf image.tar
                  mv image /srv/image
                }
                install || exit 1
                """,
            GoodExample = """
                #!/usr/bin/env bash
                set -e
                install() {
                  curl -fsSL -o image.tar https://example.org/image.tar
                  tar -xf image.tar
                  mv image /srv/image
                }
                install
                """,
        };

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnCall(Check);

    private static void Check(FunctionCall call, RuleContext context)
    {
        var script = context.Script;
        if (
            !call.IsInCondition
            || call.Command.Trap is not null
            || call.Command.IsBackground
            || call.Command.Substitution is not null
            || !script.SetsOption("errexit")
            || Evidence.IsThrownAway(call.Command)
        )
            return;
        var unguarded = call
            .Function.Commands.Where(c =>
                !c.IsTested
                && c.SubshellDepth == 0
                && !script.GivesStatusOf(c, call.Function)
                && StatusFacts.IsStep(c)
                && !c.IsFollowedByStatusTest()
            )
            .Take(2)
            .ToList();
        if (unguarded.Count < 2)
            return;
        context.Report(
            call.Command.Span,
            $"errexit is off in all of {call.Function.Name} when it is called in a condition",
            null,
            context.Related(unguarded[0].Span, "a failure here is passed over")
        );
    }
}
