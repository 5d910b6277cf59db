using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR005: an ERR handler runs with its own trap and errexit still on.</summary>
internal sealed class Vmr005HandlerNotDisarmed : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR005",
            Name = "handler-not-disarmed",
            Category = "Traps and signals",
            Severity = Severity.Warning,
            Summary = "an ERR handler runs with its own trap and errexit still on",
            Rationale =
                "A failure inside the handler starts the handler again, or ends it half way: the clean-up stays "
                + "undone and the exit code is that of the clean-up.",
            Help = "after saving the status: trap - ERR; trap '' INT TERM HUP; set +e",
            BadExample = """
                #!/usr/bin/env bash
                set -e
                on_error() {
                  local code=$?
                  logger "failed with $code"
                  exit "$code"
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
                  trap '' INT TERM HUP
                  set +e
                  logger "failed with $code"
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
            if (handler.DisarmsItself || !script.Reach([handler.Function]).Any(f => f.Commands.Any(IsDoubtful)))
                continue;
            context.Report(
                handler.Function.Definition.NameSpan,
                $"{handler.Function.Name} does not switch itself off before it cleans up",
                HandlerFixes.Disarm(handler, context)
            );
        }

        bool IsDoubtful(ScriptCommand command) =>
            Evidence.MayFail(command) && !(command.Program is { } name && script.Functions.ContainsKey(name))
            || command.Program is "post_update_to_api";
    }
}
