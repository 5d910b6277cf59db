using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR062: a case over storage types forgets cifs.</summary>
internal sealed class Vmr062StorageTypeIncomplete : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR062",
            Name = "storage-type-incomplete",
            Category = "Volumes",
            Severity = Severity.Note,
            Summary = "a case over storage types forgets cifs",
            Rationale =
                "A cifs storage holds files as nfs and dir do. It falls into the default branch, and the import "
                + "gets a format that the storage can't keep.",
            Help = "add cifs to the pattern",
            BadExample = """
                #!/usr/bin/env bash
                case $STORAGE_TYPE in
                nfs | dir) format=qcow2 ;;
                *) format=raw ;;
                esac
                qm set "$VMID" --scsi0 "local:0,format=$format"

                """,
            GoodExample = """
                #!/usr/bin/env bash
                case $STORAGE_TYPE in
                nfs | dir | cifs) format=qcow2 ;;
                *) format=raw ;;
                esac
                qm set "$VMID" --scsi0 "local:0,format=$format"

                """,
        };

    /// <inheritdoc/>
    public override RuleScope Scope => RuleScope.Vm;

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnNode<CaseCommand>(SyntaxKind.CaseCommand, Check);

    private static void Check(CaseCommand choice, RuleContext context)
    {
        var all = choice.Items.SelectMany(i => i.Patterns).Select(p => p.ConstantText).ToHashSet();
        if (!all.Contains("nfs") || !all.Contains("dir") || all.Contains("cifs"))
            return;
        var item = choice.Items.First(i => i.Patterns.Any(p => p.ConstantText == "dir"));
        var last = item.Patterns[^1].Span.End;
        context.Report(
            new TextSpan(item.Patterns[0].Span.Start, last),
            "cifs is missing beside nfs and dir",
            context.Fix("add cifs", new TextEdit(new TextSpan(last, last), " | cifs"))
        );
    }
}
