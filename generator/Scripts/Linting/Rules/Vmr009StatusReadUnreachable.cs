using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR009: $? is read after a command whose failure has already ended the script.</summary>
internal sealed class Vmr009StatusReadUnreachable : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR009",
            Name = "status-read-unreachable",
            Category = "Lost status",
            Severity = Severity.Warning,
            Summary = "$? is read after a command whose failure has already ended the script",
            Rationale =
                "With errexit on, a command that fails ends the script: the line that looks at $? only ever sees "
                + "0.",
            Help = "write 'rc=0; command || rc=$?'",
            BadExample = """
                #!/usr/bin/env bash
                set -e
                name=$(hostname -f)
                rc=$?
                echo "$name $rc"
                """,
            GoodExample = """
                #!/usr/bin/env bash
                set -e
                rc=0
                name=$(hostname -f) || rc=$?
                echo "$name $rc"
                """,
        };

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) =>
        hooks.OnNode<ParameterExpansion>(SyntaxKind.ParameterExpansion, Check);

    private static void Check(ParameterExpansion expansion, RuleContext context)
    {
        if (
            expansion.Name != "?"
            || expansion.IsLength
            || StatusFacts.ReaderOf(expansion) is not { } reader
            || context.Script.PositionOf(reader) is not { Previous: { } before }
        )
            return;
        if (
            context.Script.StatusGiver(before) is not { } giver
            || giver.Options.Errexit != OptionValue.On
            || giver.Trap is not null
        )
            return;
        context.Report(reader.Span, "with errexit on, $? is always 0 here", FixOf(before, reader, context));
    }

    private static Fix? FixOf(Statement before, Statement reader, RuleContext context)
    {
        var (name, declared) = reader.Command switch
        {
            SimpleCommand { Words: [], Assignments: [{ Value: { } value } one] } when IsStatus(value) => (one.Name, ""),
            Declaration { Name: "local", Arguments: [Assignment { Value: { } value } one] } when IsStatus(value) => (
                one.Name,
                "local "
            ),
            _ => (null, ""),
        };
        if (
            name is null
            || before.Command is not SimpleCommand
            || before.Terminator != StatementTerminator.None
            || context.IndentAt(before.Span.Start) is not { } indent
            || context.LineOf(reader.Span) is not { } line
        )
            return null;
        return context.Fix(
            "save the status where the command fails",
            new TextEdit(new TextSpan(before.Span.Start, before.Span.Start), $"{declared}{name}=0\n{indent}"),
            new TextEdit(new TextSpan(before.Span.End, before.Span.End), $" || {name}=$?"),
            new TextEdit(line, "")
        );
    }

    private static bool IsStatus(Word value) => CommandArgument.SingleExpansionOf(value) is { Name: "?" };
}
