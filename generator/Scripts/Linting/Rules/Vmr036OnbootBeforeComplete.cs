using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR036: the VM is set to start at boot before it has a disk.</summary>
internal sealed class Vmr036OnbootBeforeComplete : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR036",
            Name = "onboot-before-complete",
            Category = "Ownership",
            Severity = Severity.Note,
            Summary = "the VM is set to start at boot before it has a disk",
            Rationale =
                "When the node restarts during the import, or the script fails and the VM stays, a broken VM "
                + "starts with every boot.",
            Help = "set onboot as the last step",
            BadExample = """
                #!/usr/bin/env bash
                qm create "$VMID" --name test --onboot 1
                qm importdisk "$VMID" image.raw local

                """,
            GoodExample = """
                #!/usr/bin/env bash
                qm create "$VMID" --name test
                qm importdisk "$VMID" image.raw local
                qm set "$VMID" --onboot 1

                """,
        };

    /// <inheritdoc/>
    public override RuleScope Scope => RuleScope.Vm;

    /// <inheritdoc/>
    public override bool IsAnsweredByRecovery => true;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnCommand(["qm"], Check);

    private static void Check(ScriptCommand command, RuleContext context)
    {
        if (command.Operation?.Verb != NodeVerb.Create)
            return;
        for (var i = 0; i + 1 < command.Arguments.Length; i++)
        {
            if (command.Arguments[i].Text is "-onboot" or "--onboot" && command.Arguments[i + 1].Text == "1")
                context.Report(
                    new TextSpan(command.Arguments[i].Span.Start, command.Arguments[i + 1].Span.End),
                    "the VM starts at boot from now on, and has no disk yet"
                );
        }
    }
}
