using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR012: an increment from 0 ends the script.</summary>
internal sealed class Vmr012IncrementUnderErrexit : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR012",
            Name = "increment-under-errexit",
            Category = "Lost status",
            Severity = Severity.Note,
            Summary = "an increment from 0 ends the script",
            Rationale =
                "'((i++))' has the old value as its result, and a result of 0 is status 1: with errexit on, "
                + "counting from 0 ends the script.",
            Help = "write 'i=$((i + 1))'",
            BadExample = """
                #!/usr/bin/env bash
                set -e
                count=0
                for file in *; do
                  ((count++))
                done
                echo "$count"

                """,
            GoodExample = """
                #!/usr/bin/env bash
                set -e
                count=0
                for file in *; do
                  count=$((count + 1))
                done
                echo "$count"

                """,
        };

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) =>
        hooks.OnNode<ArithmeticCommand>(SyntaxKind.ArithmeticCommand, Check);

    private static void Check(ArithmeticCommand command, RuleContext context)
    {
        if (
            command.Expression
                is not ArithmeticUnary
                {
                    IsPostfix: true,
                    Operator: "++",
                    Operand: ArithmeticVariable { Subscript: null } variable
                }
            || command.Parent is not Statement statement
            || statement.Command != command
            || !command.Redirects.IsEmpty
        )
            return;
        if (!context.Script.StartsAtZero(variable.Name) || !context.Script.ErrexitIsOnAt(statement))
            return;
        context.Report(
            command.Span,
            $"(({variable.Name}++)) is status 1 when {variable.Name} is 0, and errexit is on",
            context.Fix("add in an assignment", new TextEdit(command.Span, $"{variable.Name}=$(({variable.Name} + 1))"))
        );
    }
}
