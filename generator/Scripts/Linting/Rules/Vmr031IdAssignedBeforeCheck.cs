using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR031: a dialog's answer becomes the VM's number before it is known to be free.</summary>
internal sealed class Vmr031IdAssignedBeforeCheck : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR031",
            Name = "id-assigned-before-check",
            Category = "Ownership",
            Severity = Severity.Error,
            Summary = "a dialog's answer becomes the VM's number before it is known to be free",
            Rationale =
                "Until the check has run, the variable holds the number of somebody else's VM. An error or "
                + "Ctrl-C in that moment makes the clean-up destroy it.",
            Help = "read the answer into another variable, and set the VM's number after the check",
            BadExample = """
                #!/usr/bin/env bash
                cleanup_vmid() {
                  qm destroy "$VMID" || true # vmrecovery disable=VMR030 -- shown by VMR030
                }
                trap 'cleanup_vmid; exit 130' INT
                VMID=$(whiptail --inputbox "Number" 8 58 100 3>&1 1>&2 2>&3) || exit 130
                if qm status "$VMID" &>/dev/null; then
                  exit 1
                fi
                qm create "$VMID" --name test
                """,
            GoodExample = """
                #!/usr/bin/env bash
                cleanup_vmid() {
                  qm destroy "$VMID" || true # vmrecovery disable=VMR030 -- shown by VMR030
                }
                trap 'cleanup_vmid; exit 130' INT
                answer=$(whiptail --inputbox "Number" 8 58 100 3>&1 1>&2 2>&3) || exit 130
                if qm status "$answer" &>/dev/null; then
                  exit 1
                fi
                VMID=$answer
                qm create "$VMID" --name test
                """,
        };

    /// <inheritdoc/>
    public override RuleScope Scope => RuleScope.Vm;

    /// <inheritdoc/>
    public override bool IsAnsweredByRecovery => true;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnAssignment(Check);

    private static void Check(VariableAssignment assignment, RuleContext context)
    {
        var script = context.Script;
        if (
            assignment.Name != script.Settings.VmidVariable
            || script.UnownedDestroyers.Count == 0
            || assignment.Substitution is not { } substitution
            || !script.AsksUser(substitution)
        )
            return;
        context.Report(
            assignment.Span,
            $"{assignment.Name} holds the answer before it is known to be free; a handler would destroy that VM"
        );
    }
}
