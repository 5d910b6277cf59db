using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR043: the EXIT trap is set before the directory that it removes exists.</summary>
internal sealed class Vmr043TrapBeforeResource : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR043",
            Name = "trap-before-resource",
            Category = "Traps and signals",
            Severity = Severity.Note,
            Summary = "the EXIT trap is set before the directory that it removes exists",
            Rationale =
                "When the script ends in between, the handler works on an empty variable: 'popd' on an empty "
                + "stack fails, 'rm -rf $dir' has no operand.",
            Help = "make the directory first, then set the trap",
            BadExample = """
                #!/usr/bin/env bash
                cleanup() {
                  rm -rf "$dir"
                }
                trap cleanup EXIT
                dir=$(mktemp -d)
                touch "$dir/x"

                """,
            GoodExample = """
                #!/usr/bin/env bash
                cleanup() {
                  rm -rf "$dir"
                }
                dir=$(mktemp -d)
                trap cleanup EXIT
                touch "$dir/x"

                """,
        };

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnTrap(Check);

    private static void Check(Trap trap, RuleContext context)
    {
        var script = context.Script;
        if (
            trap.Action != TrapAction.Run
            || !trap.IsFor("EXIT")
            || trap.Command.Function is not null
            || trap.Command.LoopDepth > 0
        )
            return;
        var made = script
            .Assignments.Where(a =>
                a.Function is null && a.Substitution is { } s && script.CommandsIn(s).Any(c => c.Program == "mktemp")
            )
            .ToList();
        foreach (
            var assignment in made.Where(a =>
                a.Span.Start > trap.Span.End && made.All(b => b.Name != a.Name || b.Span.Start >= a.Span.Start)
            )
        )
        {
            if (!Removes(trap, assignment.Name, script))
                continue;
            context.Report(
                trap.Span,
                $"{assignment.Name} is empty until line {script.File.Lines.LineAt(assignment.Span.Start)}",
                FixOf(trap, assignment, context)
            );
            return;
        }
    }

    private static bool Removes(Trap trap, string name, VmScript script) =>
        script
            .Reach(trap.Functions)
            .SelectMany(f => f.Commands)
            .Concat(trap.Commands)
            .Any(c =>
                c.Program == "rm" && c.Arguments.Any(a => WordText.Variables(a.Node).Contains(name)) && !c.IsTested
            );

    private static Fix? FixOf(Trap trap, VariableAssignment made, RuleContext context)
    {
        if (
            trap.Command.Statement.Command != trap.Command.Node
            || context.LineOf(trap.Span) is not { } line
            || context.Script.File.Lines.LineAt(made.Span.End) is var last
                && context.IndentAt(made.Command.Statement.Span.Start) != ""
            || context.LineOf(made.Command.Statement.Span) is null
            || context.Script.File.Lines.LineAt(made.Span.Start) != last
        )
            return null;
        var at = made.Command.Statement.Span.End;
        return context.Fix(
            "set the trap behind it",
            new TextEdit(line, ""),
            new TextEdit(new TextSpan(at, at), "\n" + context.Text(trap.Command.Node))
        );
    }
}
