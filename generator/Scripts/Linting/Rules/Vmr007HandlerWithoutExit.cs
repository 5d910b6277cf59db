using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR007: an ERR handler does not end the script itself.</summary>
internal sealed class Vmr007HandlerWithoutExit : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR007",
            Name = "handler-without-exit",
            Category = "Traps and signals",
            Severity = Severity.Note,
            Summary = "an ERR handler does not end the script itself",
            Rationale = "It relies on errexit. Where errexit is off, the script carries on after its clean-up.",
            Help = "end the handler with 'exit' and the saved status",
            BadExample = """
                #!/usr/bin/env bash
                set -e
                on_error() {
                  local code=$?
                  trap - ERR
                  echo "failed with $code"
                }
                trap on_error ERR
                ls /none
                """,
            GoodExample = """
                #!/usr/bin/env bash
                set -e
                on_error() {
                  local code=$?
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
            if (handler.EndsScript(script) || handler.Function.Body.IsEmpty)
                continue;
            context.Report(
                handler.Function.Definition.NameSpan,
                $"{handler.Function.Name} returns, and the script goes on where errexit is off",
                HandlerFixes.Exit(handler, context)
            );
        }
    }
}
