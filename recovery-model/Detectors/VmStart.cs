namespace VmRecovery.Model.Detectors;

/// <summary>QEMU, its firmware, its CPU and its devices.</summary>
public static class VmStart
{
    /// <summary>The VM does not start, and not because of a bridge, a volume or memory.</summary>
    [BashFunction("is_vm_start_error")]
    [Claims("qm start 100", 255,
        "KVM virtualisation configured, but not available. Either disable in VM configuration or enable in BIOS.")]
    [Claims("qm start 100", 1, "")]
    [Claims("qm clone 9000 100", 255, "EFI base image '/usr/share/pve-edk2-firmware//AAVMF_CODE.fd' not found")]
    [Rejects("qm start 101", 255,
        "bridge 'vmbr9' does not exist\nnetwork script /usr/libexec/qemu-server/pve-bridge failed with status 512\n"
        + "start failed: QEMU exited with code 1")]
    [Rejects("qm start 100", 255, "volume 'local:100/vm-100-disk-0.raw' does not exist")]
    [Rejects("qm start 100", 255, "VM 100 already running")]
    public static bool IsVmStartError(Failure failure) =>
        !Network.IsBridgeError(failure)
        && !Commands.IsImageTool(failure)
        && (failure.Log.Mentions("kvm virtualisation configured, but not available")
            || failure.Log.Mentions("could not access kvm kernel module")
            || failure.Log.Mentions("failed to initialize kvm")
            || failure.Log.Contains("start failed: ")
            || failure.Log.Matches("EFI (base|vars) image '[^']*' not found")
            || failure.Log.Contains("OVMF (UEFI) BIOS is not supported")
            || failure.Log.Contains("block backend provides ")
            || failure.Log.Contains("is too old to run machine type")
            || failure.Log.Contains("Detected old QEMU binary")
            || failure.Log.Contains("unable to determine machine base type")
            || failure.Log.Contains("vcpus allowed per VM on this node")
            || failure.Log.Contains("IOMMU not present")
            || failure.Log.Contains("no PCI device found for '")
            || failure.Log.Matches("PCI device '[^']*' already in use")
            || failure.Log.Matches("can't (un)?bind PCI group")
            || failure.Log.Contains("Host doesn't support requested features")
            || failure.Log.Matches("Bus '[^']*' not found")
            || failure.Log.Contains("failed to start swtpm")
            || failure.Log.Contains("timeout waiting on systemd")
            || failure.Log.Contains("wait failed - got timeout")
            || Commands.StartsVm(failure) && !SaysWhyNot(failure));

    /// <summary>Texts of <c>qm start</c> that belong to another class or to none.</summary>
    private static bool SaysWhyNot(Failure failure) =>
        failure.Log.Contains("does not exist")
        || failure.Log.Contains("no such logical volume")
        || failure.Log.Contains("activating LV '")
        || failure.Log.Contains("already running")
        || failure.Log.Contains("if it's a template")
        || failure.ExitCode is 126 or 127;
}
