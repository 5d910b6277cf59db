using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR002: a declaration hides the status of the command substitution in it.</summary>
internal sealed class Vmr002DeclarationMasksStatus : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR002",
            Name = "declaration-masks-status",
            Category = "Lost status",
            Severity = Severity.Note,
            Summary = "a declaration hides the status of the command substitution in it",
            Rationale =
                "'local x=$(command)' has the status of 'local', 0. Neither errexit nor the next test sees that "
                + "the command failed.",
            Help = "declare first, assign in a statement of its own",
            BadExample = """
                #!/usr/bin/env bash
                size_of() {
                  local size=$(stat -c %s "$1")
                  echo "$size"
                }
                size_of "$1"
                """,
            GoodExample = """
                #!/usr/bin/env bash
                size_of() {
                  local size
                  size=$(stat -c %s "$1")
                  echo "$size"
                }
                size_of "$1"
                """,
        };

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override int? ShellCheckCode => 2155;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) =>
        hooks.OnCommand(["local", "declare", "typeset", "export", "readonly"], Check);

    private static void Check(ScriptCommand command, RuleContext context)
    {
        if (command.Node is not Declaration declaration)
            return;
        foreach (var assignment in declaration.Arguments.OfType<Assignment>())
        {
            if (assignment is not { Value: { } value, Array: null } || !Runs(value))
                continue;
            context.Report(
                new TextSpan(assignment.NameSpan.Start, assignment.Span.End),
                $"'{declaration.Name}' hides the status of the command that gives {assignment.Name}",
                FixOf(command, declaration, assignment, context)
            );
        }
    }

    private static bool Runs(Word value) => WordText.Flat(value.Parts).Any(p => p is CommandSubstitution);

    private static Fix? FixOf(
        ScriptCommand command,
        Declaration declaration,
        Assignment assignment,
        RuleContext context
    )
    {
        // Attributes such as -r forbid the later assignment; 'export' and 'readonly' change what may come after.
        if (
            declaration.Name != "local"
            || declaration.Arguments.Length != 1
            || !declaration.Redirects.IsEmpty
            || assignment.IsAppend
            || command.Statement.Command != declaration
            || context.IndentAt(declaration.Span.Start) is not { } indent
        )
            return null;
        return context.Fix(
            "assign in a statement of its own",
            new TextEdit(new TextSpan(assignment.NameSpan.End, assignment.NameSpan.End), $"\n{indent}{assignment.Name}")
        );
    }
}
