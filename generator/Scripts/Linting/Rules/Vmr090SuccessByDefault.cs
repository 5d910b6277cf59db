using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR090: an EXIT handler reports success because the exit code is 0.</summary>
internal sealed class Vmr090SuccessByDefault : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR090",
            Name = "success-by-default",
            Category = "Telemetry",
            Severity = Severity.Error,
            Summary = "an EXIT handler reports success because the exit code is 0",
            Rationale =
                "Many ways out of a script end with 0: a cancelled dialog, a bare 'exit', an interrupted step. "
                + "Only the line that finished the work knows that it is done.",
            Help = "report success where the work is finished, and 'aborted' in the handler",
            BadExample = """
                #!/usr/bin/env bash
                cleanup() {
                  local code=$?
                  if [[ $code -eq 0 ]]; then
                    post_update_to_api "done" "none"
                  fi
                }
                trap cleanup EXIT
                post_to_api_vm
                """,
            GoodExample = """
                #!/usr/bin/env bash
                cleanup() {
                  local code=$?
                  if [[ $code -eq 0 ]]; then
                    post_update_to_api "aborted" "0"
                  fi
                }
                trap cleanup EXIT
                post_to_api_vm
                post_update_to_api "done" "none"
                """,
        };

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnCommand(["post_update_to_api"], Check);

    private static void Check(ScriptCommand command, RuleContext context)
    {
        var script = context.Script;
        if (command.Arguments is not [{ Text: "done" or "success" } status, ..] || !IsInExitHandler(command, script))
            return;
        context.Report(
            command.Span,
            "success is reported by the EXIT handler, whatever ended the script",
            FixOf(command, status, script, context)
        );
    }

    private static bool IsInExitHandler(ScriptCommand command, VmScript script) =>
        script.Handlers.Any(h => h.Trap.IsFor("EXIT") && h.Function == command.Function)
        || command.Trap is { } trap && trap.IsFor("EXIT");

    private static Fix? FixOf(ScriptCommand command, CommandArgument status, VmScript script, RuleContext context)
    {
        if (command.IsInString || !script.HasSuccessReport() && !script.EndIsReached())
            return null;
        var edits = new List<TextEdit>
        {
            new(new TextSpan(status.Span.Start, command.Arguments[^1].Span.End), "\"aborted\" \"0\""),
        };
        if (!script.HasSuccessReport())
            edits.Add(script.AtEnd("post_update_to_api \"done\" \"none\""));
        return context.Fix("report success at the end of the script", [.. edits]);
    }
}
