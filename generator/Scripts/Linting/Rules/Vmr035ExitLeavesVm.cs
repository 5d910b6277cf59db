using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR035: 'exit' after 'qm create' leaves a half-made VM behind.</summary>
internal sealed class Vmr035ExitLeavesVm : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR035",
            Name = "exit-leaves-vm",
            Category = "Ownership",
            Severity = Severity.Warning,
            Summary = "'exit' after 'qm create' leaves a half-made VM behind",
            Rationale =
                "'exit' does not fire the ERR trap, so the clean-up that every other failure gets does not run.",
            Help = "fail through the handler: 'return 1' from a function, or '(exit 226)' as a plain command",
            BadExample = """
                #!/usr/bin/env bash
                set -Eeuo pipefail
                MADE=
                on_error() {
                  local code=$?
                  ((BASH_SUBSHELL == 0)) || exit "$code"
                  trap - ERR
                  [[ -z $MADE ]] || qm destroy "$VMID" || true
                  exit "$code"
                }
                trap on_error ERR
                qm create "$VMID" --name test
                MADE=1
                if [[ ! -s $image ]]; then
                  echo "error: no image" >&2
                  exit 226
                fi

                """,
            GoodExample = """
                #!/usr/bin/env bash
                set -Eeuo pipefail
                MADE=
                on_error() {
                  local code=$?
                  ((BASH_SUBSHELL == 0)) || exit "$code"
                  trap - ERR
                  [[ -z $MADE ]] || qm destroy "$VMID" || true
                  exit "$code"
                }
                trap on_error ERR
                qm create "$VMID" --name test
                MADE=1
                if [[ ! -s $image ]]; then
                  echo "error: no image" >&2
                  (exit 226)
                fi

                """,
        };

    /// <inheritdoc/>
    public override RuleScope Scope => RuleScope.Vm;

    /// <inheritdoc/>
    public override bool IsAnsweredByRecovery => true;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnCommand(["exit"], Check);

    private static void Check(ScriptCommand command, RuleContext context)
    {
        var script = context.Script;
        if (
            command.Arguments is not [var code]
            || code.Text == "0"
            || command.SubshellDepth > 0
            || script.Creation is not { } creation
            || !creation.IsAfterCreation(command)
        )
            return;
        var cleanups = script
            .Handlers.Where(h =>
                script.Reach([h.Function]).Any(f => f.Commands.Any(c => c.Operation is { Verb: NodeVerb.Destroy }))
            )
            .ToList();
        if (cleanups.Exists(h => h.Trap.IsFor("ERR")) && !cleanups.Exists(h => h.Trap.IsFor("EXIT")))
            context.Report(
                command.Span,
                "'exit' does not fire the ERR trap: the VM stays",
                null,
                context.Related(creation.First.Span, "made here")
            );
    }
}
