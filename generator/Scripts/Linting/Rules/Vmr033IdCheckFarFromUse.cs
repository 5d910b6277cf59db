using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR033: the VM's number is not looked at again before it is used.</summary>
internal sealed class Vmr033IdCheckFarFromUse : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR033",
            Name = "id-check-far-from-use",
            Category = "Ownership",
            Severity = Severity.Warning,
            Summary = "the VM's number is not looked at again before it is used",
            Rationale =
                "Between the question and 'qm create' lie dialogs and a download. Somebody else may take the "
                + "number in these minutes.",
            Help = "look again directly before 'qm create', and choose another number",
            BadExample = """
                #!/usr/bin/env bash
                VMID=$(pvesh get /cluster/nextid)
                curl -fsSL -o image.qcow2 https://example.org/image.qcow2
                echo "c0ffee image.qcow2" | sha256sum -c -
                qm create "$VMID" --name test
                qm importdisk "$VMID" image.qcow2 local

                """,
            GoodExample = """
                #!/usr/bin/env bash
                curl -fsSL -o image.qcow2 https://example.org/image.qcow2
                echo "c0ffee image.qcow2" | sha256sum -c -
                VMID=$(pvesh get /cluster/nextid)
                qm create "$VMID" --name test
                qm importdisk "$VMID" image.qcow2 local

                """,
        };

    /// <inheritdoc/>
    public override RuleScope Scope => RuleScope.Vm;

    /// <inheritdoc/>
    public override bool IsAnsweredByRecovery => true;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnScript(Check);

    private static void Check(VmScript script, RuleContext context)
    {
        if (
            script.Creation?.First is not { } create
            || create.Operation?.Vmid?.Variable is null
            || create.Program == "qmrestore"
        )
            return;
        var checks = script.Commands.Where(c => c.Index < create.Index && Evidence.LooksForFreeNumber(c)).ToList();
        if (checks.Count == 0)
            return;
        var last =
            checks[^1].Function == create.Function ? checks[^1] : script.LastCallBefore(create, checks[^1].Function);
        if (
            last is not null
            && !script.Downloads.Any(d =>
                d.Command.Index > last.Index && d.Command.Index < create.Index && d.WritesFile
            )
        )
            return;
        context.Report(
            create.Span,
            "the number was looked at before the download, and may be taken by now",
            null,
            context.Related(checks[^1].Span, "looked at here")
        );
    }
}
