using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR070: Cancel in a dialog ends the script as an error.</summary>
internal sealed class Vmr070DialogCancelIsError : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR070",
            Name = "dialog-cancel-is-error",
            Category = "Dialogs",
            Severity = Severity.Warning,
            Summary = "Cancel in a dialog ends the script as an error",
            Rationale =
                "The dialog's status is not tested: Cancel fires the ERR trap, which reports a failure and "
                + "cleans up, for a user who only changed their mind.",
            Help = "test it: 'if ! answer=$(whiptail …); then', and leave as an abort",
            BadExample = """
                #!/usr/bin/env bash
                set -e
                answer=$(whiptail --inputbox "Name" 8 58 3>&1 1>&2 2>&3)
                echo "$answer"

                """,
            GoodExample = """
                #!/usr/bin/env bash
                set -e
                answer=$(whiptail --inputbox "Name" 8 58 3>&1 1>&2 2>&3) || exit 130
                echo "$answer"

                """,
        };

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnAssignment(Check);

    private static void Check(VariableAssignment assignment, RuleContext context)
    {
        var command = assignment.Command;
        if (
            command.Node is not SimpleCommand { Words: [] }
            || command.IsTested
            || assignment.Substitution is not { } substitution
            || command.Options.Errexit != OptionValue.On
            || command.Substitution is not null
            || context.Script.CommandsIn(substitution).FirstOrDefault(Evidence.IsDialog) is not { } dialog
            || dialog.IsTested
        )
            return;
        context.Report(
            dialog.ProgramWord?.Span ?? command.Span,
            "Cancel ends the script as a failure",
            command.Statement.Command != command.Node
            || command.Position.Next is { } next && WordText.Expands(next, "?")
                ? null
                : context.Fix(
                    "leave as an abort",
                    new TextEdit(
                        new TextSpan(command.Span.End, command.Span.End),
                        $" || {context.Script.AbortCommand()}"
                    )
                )
        );
    }
}
