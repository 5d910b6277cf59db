using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR092: the script never reports that it has succeeded.</summary>
internal sealed class Vmr092MissingSuccessReport : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR092",
            Name = "missing-success-report",
            Category = "Telemetry",
            Severity = Severity.Note,
            Summary = "the script never reports that it has succeeded",
            Rationale = "It relies on an EXIT handler that takes every exit code 0 for a success.",
            Help = "post_update_to_api \"done\" \"none\" as the last step",
            BadExample = """
                #!/usr/bin/env bash
                export SESSION_ID=$RANDOM_UUID
                post_to_api_vm
                qm create "$VMID" --name test

                """,
            GoodExample = """
                #!/usr/bin/env bash
                export SESSION_ID=$RANDOM_UUID
                post_to_api_vm
                qm create "$VMID" --name test
                post_update_to_api "done" "none"

                """,
        };

    /// <inheritdoc/>
    public override RuleScope Scope => RuleScope.Vm;

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnScript(Check);

    private static void Check(VmScript script, RuleContext context)
    {
        if (
            !script.IsExecutable
            || script.HasSuccessReport()
            || script.Creation is null
            || script.Commands.FirstOrDefault(c => c.Program == "post_to_api_vm") is not { } started
        )
            return;
        context.Report(
            started.Span,
            "the run is reported as begun, and never as done",
            script.EndIsReached()
                ? context.Fix("report success at the end", script.AtEnd("post_update_to_api \"done\" \"none\""))
                : null
        );
    }
}
