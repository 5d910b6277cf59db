using System;

namespace VmRecovery.Model.Detectors;

/// <summary>What kind of command failed: asked first, because the same words mean other things elsewhere.</summary>
internal static class Commands
{
    /// <summary>Proxmox's own tools: their exit codes mean nothing and a curl line in their log is telemetry.</summary>
    internal static bool IsProxmoxTool(Failure failure) => failure.Program is "qm" or "pvesm" or "pvesh" or "pct";

    /// <summary>
    /// A command that downloads. In the log of any other a line of curl is that of telemetry, which fails beside it.
    /// </summary>
    internal static bool Downloads(Failure failure) =>
        failure.Command is "" || failure.Command.Contains("curl", StringComparison.Ordinal);

    /// <summary>libguestfs tools, which run a small VM of their own.</summary>
    internal static bool IsImageTool(Failure failure) =>
        failure.Program is "guestfish" or "guestmount" || failure.Program.StartsWith("virt-", StringComparison.Ordinal);

    /// <summary>The step that boots the VM.</summary>
    internal static bool StartsVm(Failure failure) => failure.Command.Contains("qm start", StringComparison.Ordinal);

    /// <summary>Steps that make, fill or resize a volume and nothing else.</summary>
    internal static bool MakesDisk(Failure failure) =>
        failure.Program is "qemu-img"
        || failure.Command.Contains("qm importdisk", StringComparison.Ordinal)
        || failure.Command.Contains("qm disk import", StringComparison.Ordinal)
        || failure.Command.Contains("qm resize", StringComparison.Ordinal)
        || failure.Command.Contains("qm disk resize", StringComparison.Ordinal)
        || failure.Command.Contains("pvesm alloc", StringComparison.Ordinal);

    /// <summary>The script gave up by itself: its own number is all there is (misc/api.func explain_exit_code).</summary>
    internal static bool GaveUp(Failure failure) => failure.Program is "exit";
}
