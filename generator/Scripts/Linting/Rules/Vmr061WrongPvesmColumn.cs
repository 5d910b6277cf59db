using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR061: column 5 of 'pvesm list' is compared with a volume's name.</summary>
internal sealed class Vmr061WrongPvesmColumn : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR061",
            Name = "wrong-pvesm-column",
            Category = "Volumes",
            Severity = Severity.Warning,
            Summary = "column 5 of 'pvesm list' is compared with a volume's name",
            Rationale =
                "The columns are volume, format, type, size and VMID. The fifth never holds a name, so nothing "
                + "is ever found.",
            Help = "compare column 1",
            BadExample = """
                #!/usr/bin/env bash
                disk=$(pvesm list "$STORAGE" | awk -v id="$VMID" '$5 ~ ("vm-" id "-disk-") {print $1}')
                qm set "$VMID" --scsi0 "$disk"

                """,
            GoodExample = """
                #!/usr/bin/env bash
                disk=$(pvesm list "$STORAGE" | awk -v id="$VMID" '$1 ~ ("vm-" id "-disk-") {print $1}')
                qm set "$VMID" --scsi0 "$disk"

                """,
        };

    /// <inheritdoc/>
    public override RuleScope Scope => RuleScope.Vm;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnNode<Pipeline>(SyntaxKind.Pipeline, Check);

    private static void Check(Pipeline pipeline, RuleContext context)
    {
        var script = context.Script;
        if (script.CommandOf(pipeline.Commands[0]) is not { Program: "pvesm", Verb: "list" })
            return;
        foreach (var command in pipeline.Commands)
        {
            if (script.CommandOf(command) is { } awk && Evidence.AwkComparesColumnWithVolume(awk, 5))
                context.Report(awk.Span, "column 5 of 'pvesm list' is the VM's number, never a volume's name");
        }
    }
}
