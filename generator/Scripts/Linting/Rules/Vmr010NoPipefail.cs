using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR010: a pipeline hides the failure of the command that feeds it.</summary>
internal sealed class Vmr010NoPipefail : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR010",
            Name = "no-pipefail",
            Category = "Lost status",
            Severity = Severity.Note,
            Summary = "a pipeline hides the failure of the command that feeds it",
            Rationale =
                "Without pipefail a pipeline has the status of its last command: 'pvesm status | awk …' succeeds "
                + "when pvesm fails, and the script goes on with an empty answer.",
            Help =
                "set -o pipefail at the start; look at 'cmd | head -1' and 'cmd | grep -q', which may then end with 141",
            BadExample = """
                #!/usr/bin/env bash
                set -e
                names=$(pvesm status | tail -n +2)
                echo "$names"

                """,
            GoodExample = """
                #!/usr/bin/env bash
                set -eo pipefail
                names=$(pvesm status | tail -n +2)
                echo "$names"

                """,
        };

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Unsafe;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnScript(Check);

    private static void Check(VmScript script, RuleContext context)
    {
        if (!script.IsExecutable || !script.SetsOption("errexit") || script.SetsPipefail())
            return;
        if (script.Commands.FirstOrDefault(c => c.IsPipedInto && Evidence.GivesEvidence(c)) is not { } producer)
            return;
        var set = script.Commands.FirstOrDefault(c =>
            c.Program == "set" && c.Function is null && !c.IsInString && c.SwitchesErrexit('-')
        );
        if (set is null)
            return;
        context.Report(
            set.Span,
            "pipefail is off: a pipeline has the status of its last command",
            set.Arguments is [{ Text: ['-', not 'o', ..] flags } word] && !flags.Contains('o', StringComparison.Ordinal)
                ? context.Fix("set -o pipefail", new TextEdit(new TextSpan(word.Span.End, word.Span.End), "o pipefail"))
                : null,
            context.Related(producer.Span, $"a failure of '{producer.Program}' goes unseen")
        );
    }
}
