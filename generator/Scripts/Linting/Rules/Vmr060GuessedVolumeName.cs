using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR060: the name of a volume is guessed.</summary>
internal sealed class Vmr060GuessedVolumeName : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR060",
            Name = "guessed-volume-name",
            Category = "Volumes",
            Severity = Severity.Warning,
            Summary = "the name of a volume is guessed",
            Rationale =
                "Proxmox VE takes the first free number: after a leftover of an earlier run, the disk is disk-2, "
                + "and disk-1 is somebody else's.",
            Help = "read the name from the output of the command, or from 'qm config'",
            BadExample = """
                #!/usr/bin/env bash
                qm importdisk "$VMID" image.raw local-lvm
                qm set "$VMID" --scsi0 "local-lvm:vm-$VMID-disk-0"

                """,
            GoodExample = """
                #!/usr/bin/env bash
                qm importdisk "$VMID" image.raw local-lvm
                disk=$(qm config "$VMID" | sed -n "s/^unused0: //p")
                qm set "$VMID" --scsi0 "$disk"

                """,
        };

    /// <inheritdoc/>
    public override RuleScope Scope => RuleScope.Vm;

    /// <inheritdoc/>
    public override bool IsAnsweredByRecovery => true;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnNode<Word>(SyntaxKind.Word, Check);

    private static void Check(Word word, RuleContext context)
    {
        if (
            word.Parent is Assignment or SimpleCommand
            && WordText.GuessesVolume(word)
            && context.Script.GivesVolume(word)
        )
            context.Report(word.Span, "the volume may get another number than this one");
    }
}
