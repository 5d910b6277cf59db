using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR011: a loop reads from a process substitution whose failure nobody sees.</summary>
internal sealed class Vmr011HiddenProducerStatus : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR011",
            Name = "hidden-producer-status",
            Category = "Lost status",
            Severity = Severity.Note,
            Summary = "a loop reads from a process substitution whose failure nobody sees",
            Rationale =
                "'done < <(command)' throws the status away: when the command fails, the loop runs no round, and "
                + "the script goes on with nothing.",
            Help = "out=$(command) first, then 'done <<<\"$out\"'",
            BadExample = """
                #!/usr/bin/env bash
                while read -r name _; do
                  echo "$name"
                done < <(pvesm status)

                """,
            GoodExample = """
                #!/usr/bin/env bash
                storages=$(pvesm status)
                while read -r name _; do
                  echo "$name"
                done <<<"$storages"

                """,
        };

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnNode<Redirect>(SyntaxKind.Redirect, Check);

    private static void Check(Redirect redirect, RuleContext context)
    {
        if (
            redirect.Operator != RedirectOperator.Input
            || redirect.Parent is not (WhileLoop or ForLoop)
            || redirect.Target?.Parts is not [ProcessSubstitution { IsOutput: false } substitution]
        )
            return;
        if (context.Script.CommandsIn(substitution).FirstOrDefault() is { } first && Evidence.GivesEvidence(first))
            context.Report(
                substitution.Span,
                $"when '{first.Program}' fails, the loop runs no round, and nobody sees why"
            );
    }
}
