using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR093: a handler reports a failure without the command that failed.</summary>
internal sealed class Vmr093FailureContextNotExported : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR093",
            Name = "failure-context-not-exported",
            Category = "Telemetry",
            Severity = Severity.Warning,
            Summary = "a handler reports a failure without the command that failed",
            Rationale =
                "FAILED_COMMAND and FAILED_LINE are what the report shows. Without them there is only a number.",
            Help = "set FAILED_COMMAND and FAILED_LINE before post_update_to_api",
            BadExample = """
                #!/usr/bin/env bash
                on_error() {
                  local code=$?
                  trap - ERR
                  post_update_to_api "failed" "$code"
                  exit "$code"
                }
                trap 'on_error $LINENO "$BASH_COMMAND"' ERR

                """,
            GoodExample = """
                #!/usr/bin/env bash
                on_error() {
                  local code=$?
                  trap - ERR
                  export FAILED_LINE=$1 FAILED_COMMAND=$2
                  post_update_to_api "failed" "$code"
                  exit "$code"
                }
                trap 'on_error $LINENO "$BASH_COMMAND"' ERR

                """,
        };

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override bool IsAnsweredByRecovery => true;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnScript(Check);

    private static void Check(VmScript script, RuleContext context)
    {
        if (script.Assignments.Any(a => a.Name == "FAILED_COMMAND"))
            return;
        foreach (var handler in script.Handlers.Where(h => h.Trap.IsFor("ERR")).DistinctBy(h => h.Function))
        {
            if (
                handler.Commands.FirstOrDefault(c =>
                    c.Program == "post_update_to_api" && c.Arguments is [{ Text: "failed" }, ..]
                ) is
                { } report
            )
                context.Report(
                    report.Span,
                    "the report has no FAILED_COMMAND and no FAILED_LINE",
                    FixOf(handler, report, context)
                );
        }
    }

    private static Fix? FixOf(Handler handler, ScriptCommand report, RuleContext context)
    {
        if (
            report.Statement.Command != report.Node
            || context.IndentAt(report.Span.Start) is not { } indent
            || handler.Call.Arguments is not [{ Variable: "LINENO" }, { Variable: "BASH_COMMAND" }]
        )
            return null;
        return context.Fix(
            "export them",
            new TextEdit(
                new TextSpan(report.Span.Start, report.Span.Start),
                $"export FAILED_LINE=$1 FAILED_COMMAND=$2\n{indent}"
            )
        );
    }
}
