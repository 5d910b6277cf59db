using System.Collections.Immutable;

namespace VmRecovery.Model.Causes;

/// <summary>Causes of a VM that does not start.</summary>
public static class VmStartCauses
{
    /// <summary>Every cause, the most telling first.</summary>
    [Tells("no-kvm", "qm start 100", 255,
        "KVM virtualisation configured, but not available. Either disable in VM configuration or enable in BIOS.",
        "The CPU's virtualization (VT-x, AMD-V) is switched off or missing.")]
    [Tells("no-firmware", "qm clone 9000 100", 255,
        "EFI base image '/usr/share/pve-edk2-firmware/AAVMF_CODE.fd' not found",
        "The UEFI firmware /usr/share/pve-edk2-firmware/AAVMF_CODE.fd is not installed.")]
    [Tells("efi-disk", "qm start 100", 255,
        "kvm: device requires 67108864 bytes, block backend provides 131072 bytes",
        "The EFI disk has the wrong size for the firmware.")]
    [Tells("old-qemu", "qm start 100", 255,
        "Installed QEMU version '7.2' is too old to run machine type 'pc-q35-9.0+pve0'",
        "The node's QEMU is too old for machine type pc-q35-9.0+pve0.")]
    [Tells("too-many-cores", "qm start 100", 255,
        "MAX 4 vcpus allowed per VM on this node",
        "The node allows a VM at most 4 cores.")]
    [Tells("passthrough", "qm start 100", 255,
        "cannot prepare PCI pass-through, IOMMU not present",
        "A PCI device could not be passed through.")]
    [Tells("cpu-type", "qm start 100", 255,
        "kvm: Host doesn't support requested features",
        "The VM's CPU type needs features that this host lacks.")]
    [Tells("no-bus", "qm start 100", 255,
        "kvm: -device ide-cd,bus=ide.1: Bus 'ide.1' not found",
        "QEMU has no bus ide.1 for this machine type.")]
    [Tells("disk-alignment", "qm start 100", 255,
        "kvm: Image size is not a multiple of request alignment\nstart failed: QEMU exited with code 1",
        "The size of a disk does not fit the block size of its storage.")]
    [Tells("tpm", "qm start 100", 255, "failed to start swtpm: exit code 1", "The TPM emulator did not start.")]
    [Tells("slow-start", "qm start 100", 255, "timeout waiting on systemd", "The VM did not start in time.")]
    [Tells("qemu-message", "qm start 100", 255,
        "kvm: -drive file=x: no such thing\nstart failed: QEMU exited with code 1",
        "QEMU says: -drive file=x: no such thing")]
    [Tells("no-message", "qm start 100", 1, "", "VM 100 does not start.")]
    public static readonly ImmutableArray<Cause> All =
    [
        new("no-kvm", @"[Kk][Vv][Mm] virtualisation configured|access KVM kernel|initialize KVM",
            "The CPU's virtualization (VT-x, AMD-V) is switched off or missing.",
            "Switch it on in the BIOS. Inside a VM: CPU type 'host', and nesting on the outer host."),
        new("no-firmware", @"EFI (?:base|vars) image '([^'\n]+)' not found",
            "The UEFI firmware {1} is not installed.", "Install it: apt-get install pve-edk2-firmware"),
        new("efi-disk", @"block backend provides ",
            "The EFI disk has the wrong size for the firmware.",
            "Remove it and add a new one: VM > Hardware > EFI Disk"),
        new("old-qemu", @"too old to run machine type '([^'\n]+)'",
            "The node's QEMU is too old for machine type {1}.",
            "Update the node, or choose another version: VM > Hardware > Machine"),
        new("too-many-cores", @"MAX ([0-9]+) vcpus allowed",
            "The node allows a VM at most {1} cores.", "Choose fewer cores."),
        new("passthrough", @"IOMMU|VFIO|vfio|PCI device|PCI group",
            "A PCI device could not be passed through.",
            "Check VM > Hardware, and that IOMMU is on: dmesg | grep -i iommu"),
        new("cpu-type", @"support requested features",
            "The VM's CPU type needs features that this host lacks.",
            "Choose another: VM > Hardware > Processors > Type, such as x86-64-v2-AES"),
        new("no-bus", @"Bus '([^'\n]+)' not found",
            "QEMU has no bus {1} for this machine type.", "Check the drives in VM > Hardware."),
        new("disk-alignment", @"not a multiple of request alignment",
            "The size of a disk does not fit the block size of its storage.",
            "Enlarge the disk by hand: qm resize VMID DISK +1M"),
        new("tpm", @"swtpm", "The TPM emulator did not start.", "Check VM > Hardware > TPM State; package swtpm."),
        new("slow-start", @"timeout waiting on systemd|wait failed - got timeout",
            "The VM did not start in time.", "Start it by hand: qm start VMID"),
        new("qemu-message", @"(?:kvm|qemu-system-x86_64): ([^\n]+)", "QEMU says: {1}"),
        new("no-message", @"^qm start ([0-9]+)[^\n]*\n",
            "VM {1} does not start.", "Start it by hand to see more: qm start {1}"),
    ];
}
