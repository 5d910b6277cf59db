using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR050: a downloaded disk image is imported without a checksum or signature.</summary>
internal sealed class Vmr050DownloadUnverified : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR050",
            Name = "download-unverified",
            Category = "Downloads",
            Severity = Severity.Warning,
            Summary = "a downloaded disk image is imported without a checksum or signature",
            Rationale =
                "A cut-off or replaced image imports with exit code 0 and fails, or runs, later. 'xz -t' proves "
                + "the format, not the origin.",
            Help = "compare with the checksum that the publisher signs: sha256sum -c",
            BadExample = """
                #!/usr/bin/env bash
                curl -fsSL -o image.qcow2 https://example.org/image.qcow2
                qm importdisk "$VMID" image.qcow2 local

                """,
            GoodExample = """
                #!/usr/bin/env bash
                curl -fsSL -o image.qcow2 https://example.org/image.qcow2
                echo "c0ffee image.qcow2" | sha256sum -c -
                qm importdisk "$VMID" image.qcow2 local

                """,
        };

    /// <inheritdoc/>
    public override RuleScope Scope => RuleScope.Vm;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnScript(Check);

    private static void Check(VmScript script, RuleContext context)
    {
        if (script.Commands.Any(Evidence.Verifies) || !script.Commands.Any(Evidence.UsesImage))
            return;
        if (script.Downloads.FirstOrDefault(d => d.WritesFile && d.Command.Substitution is null) is { } download)
            context.Report(download.Command.Span, "nothing compares the image with a checksum or a signature");
    }
}
