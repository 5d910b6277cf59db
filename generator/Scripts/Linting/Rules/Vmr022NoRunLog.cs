using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR022: a script that reports to the telemetry keeps no log of its run.</summary>
internal sealed class Vmr022NoRunLog : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR022",
            Name = "no-run-log",
            Category = "Telemetry",
            Severity = Severity.Warning,
            Summary = "a script that reports to the telemetry keeps no log of its run",
            Rationale =
                "Without BUILD_LOG and SESSION_ID a failure is reported with the explanation of its number and "
                + "nothing else: a full disk appears as 'could not resolve proxy'.",
            Help = "set SESSION_ID, EXECUTION_ID and BUILD_LOG before the first step that may fail",
            BadExample = """
                #!/usr/bin/env bash
                post_to_api_vm
                qm create "$VMID" --name test
                post_update_to_api "done" "none"

                """,
            GoodExample = """
                #!/usr/bin/env bash
                SESSION_ID=${RANDOM_UUID:0:8}
                BUILD_LOG=$(mktemp)
                export SESSION_ID BUILD_LOG
                post_to_api_vm
                qm create "$VMID" --name test
                post_update_to_api "done" "none"

                """,
        };

    /// <inheritdoc/>
    public override RuleScope Scope => RuleScope.Vm;

    /// <inheritdoc/>
    public override bool IsAnsweredByRecovery => true;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnScript(Check);

    private static void Check(VmScript script, RuleContext context)
    {
        if (
            script.Commands.FirstOrDefault(c => c.Program == "post_to_api_vm") is not { } report
            || script.Creation is null
            || script.Assignments.Any(a => a.Name is "BUILD_LOG" or "INSTALL_LOG" or "SESSION_ID")
        )
            return;
        context.Report(report.Span, "a failure is reported without its text: BUILD_LOG and SESSION_ID are not set");
    }
}
