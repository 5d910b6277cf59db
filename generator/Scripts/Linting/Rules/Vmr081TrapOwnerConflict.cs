using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR081: a trap is set twice, and the first handler never runs.</summary>
internal sealed class Vmr081TrapOwnerConflict : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR081",
            Name = "trap-owner-conflict",
            Category = "Traps and signals",
            Severity = Severity.Warning,
            Summary = "a trap is set twice, and the first handler never runs",
            Rationale =
                "A second 'trap' for a signal replaces the first without a word: its clean-up no longer happens.",
            Help = "set each trap in one place",
            BadExample = """
                #!/usr/bin/env bash
                trap "echo one" EXIT
                trap "echo two" EXIT

                """,
            GoodExample = """
                #!/usr/bin/env bash
                trap "echo one; echo two" EXIT

                """,
        };

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnScript(Check);

    private static void Check(VmScript script, RuleContext context)
    {
        var top = script
            .Traps.Where(t => t.Command.Function is null && t.Command.SubshellDepth == 0 && !t.Command.IsInString)
            .ToList();
        foreach (var trap in top.Where(t => t.Action == TrapAction.Run))
        {
            foreach (var signal in trap.Signals)
            {
                if (
                    signal.Name is not ("EXIT" or "ERR")
                    || top.FindLast(t => t.Span.Start < trap.Span.Start && t.IsFor(signal.Name)) is not { } before
                )
                    continue;
                if (
                    before.Action == TrapAction.Run
                    && before.Command.Position.Siblings == trap.Command.Position.Siblings
                    && context.Text(before.Handler!) != context.Text(trap.Handler!)
                )
                    context.Report(
                        trap.Span,
                        $"this replaces the handler of {signal.Name}",
                        null,
                        context.Related(before.Span, "set here before")
                    );
            }
        }
    }
}
