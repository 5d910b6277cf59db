using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR013: the script exits without a code after an error message.</summary>
internal sealed class Vmr013BareExitAfterError : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR013",
            Name = "bare-exit-after-error",
            Category = "Exit codes",
            Severity = Severity.Error,
            Summary = "the script exits without a code after an error message",
            Rationale =
                "'exit' without a number ends with the status of the last command. After 'echo' that is 0: "
                + "whoever started the script sees a success.",
            Help = "give the exit a number other than 0",
            BadExample = """
                #!/usr/bin/env bash
                if [[ -z $1 ]]; then
                  echo "error: no file given"
                  exit
                fi
                """,
            GoodExample = """
                #!/usr/bin/env bash
                if [[ -z $1 ]]; then
                  echo "error: no file given"
                  exit 1
                fi
                """,
        };

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnCommand(["exit"], Check);

    private static void Check(ScriptCommand command, RuleContext context)
    {
        if (command.Arguments.Length > 0 || command.Trap is not null || command.Node.Span.IsEmpty)
            return;
        if (context.Script.MessageBefore(command) is not { } message)
            return;
        context.Report(
            command.Span,
            "'exit' without a code after an error message ends with 0, a success",
            command.IsInString
                ? null
                : context.Fix("exit with 1", new TextEdit(new TextSpan(command.Span.End, command.Span.End), " 1")),
            context.Related(message.Span, "the message")
        );
    }
}
