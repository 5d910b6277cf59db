using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR004: with 'set -E' the ERR handler also runs in subshells, and then again outside.</summary>
internal sealed class Vmr004ErrtraceWithoutSubshellGuard : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR004",
            Name = "errtrace-without-subshell-guard",
            Category = "Traps and signals",
            Severity = Severity.Warning,
            Summary = "with 'set -E' the ERR handler also runs in subshells, and then again outside",
            Rationale =
                "A failure in 'x=$(step)' runs the handler in the substitution, where it cleans up and reports, "
                + "and a second time for the assignment.",
            Help = "save the status, then leave at once when BASH_SUBSHELL is not 0",
            BadExample = """
                #!/usr/bin/env bash
                set -eE
                on_error() {
                  local code=$?
                  trap - ERR
                  echo "failed with $code"
                  exit "$code"
                }
                trap on_error ERR
                ls /none
                """,
            GoodExample = """
                #!/usr/bin/env bash
                set -eE
                on_error() {
                  local code=$?
                  ((BASH_SUBSHELL == 0)) || exit "$code"
                  trap - ERR
                  echo "failed with $code"
                  exit "$code"
                }
                trap on_error ERR
                ls /none
                """,
        };

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnScript(Check);

    private static void Check(VmScript script, RuleContext context)
    {
        foreach (var handler in script.Handlers.Where(h => h.Trap.IsFor("ERR")).DistinctBy(h => h.Function))
        {
            if (
                handler.LooksAtSubshell
                || !script.SetsOption("errtrace") && script.FinalOptions.Errtrace != OptionValue.On
                || handler.Trap.Handler is { } word && WordText.Expands(word, "BASH_SUBSHELL")
            )
                continue;
            context.Report(
                handler.Function.Definition.NameSpan,
                $"{handler.Function.Name} runs in a failing subshell and once more outside of it",
                HandlerFixes.Guard(handler, context)
            );
        }
    }
}
