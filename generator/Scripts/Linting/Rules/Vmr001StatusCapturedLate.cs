using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR001: a handler reads the exit status after it has run other commands.</summary>
internal sealed class Vmr001StatusCapturedLate : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR001",
            Name = "status-captured-late",
            Category = "Traps and signals",
            Severity = Severity.Warning,
            Summary = "a handler reads the exit status after it has run other commands",
            Rationale =
                "Every command of the handler replaces $?: a failure is then reported with code 0, or with the "
                + "code of the clean-up.",
            Help = "save $? in the first statement of the handler",
            BadExample = """
                #!/usr/bin/env bash
                cleanup() {
                  echo "cleaning up"
                  local code=$?
                  exit "$code"
                }
                trap cleanup EXIT
                """,
            GoodExample = """
                #!/usr/bin/env bash
                cleanup() {
                  local code=$?
                  echo "cleaning up"
                  exit "$code"
                }
                trap cleanup EXIT
                """,
        };

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnScript(Check);

    private static void Check(VmScript script, RuleContext context)
    {
        foreach (var handler in script.Handlers.DistinctBy(h => h.Function))
        {
            if (!(handler.Trap.IsFor("EXIT") || handler.Trap.IsFor("ERR")) || handler.GetsStatus)
                continue;
            var body = handler.Function.Body;
            var index = handler.FirstReaderOfStatus(script);
            if (index < 1)
                continue;
            var late = body[index];
            context.Report(
                late.Span,
                $"$? is no longer the status that {handler.Function.Name} was called for",
                FixOf(body[0], late, context)
            );
        }
    }

    private static Fix? FixOf(Statement first, Statement late, RuleContext context)
    {
        if (
            late.Command
                is not (Declaration { Arguments: [Assignment] } or SimpleCommand { Words: [], Assignments: [_] })
            || context.IndentAt(first.Span.Start) is not { } indent
            || context.LineOf(late.Span) is not { } line
        )
            return null;
        return context.Fix(
            "save it first",
            new TextEdit(new TextSpan(first.Span.Start, first.Span.Start), $"{context.Text(late)}\n{indent}"),
            new TextEdit(line, "")
        );
    }
}
