using System.Collections.Immutable;

namespace VmRecovery.Model.Causes;

/// <summary>Causes of an image that could not be customized.</summary>
public static class VirtCustomizeCauses
{
    /// <summary>Every cause, the most telling first.</summary>
    [Tells("image-full", "virt-customize -a a.qcow2 --install docker.io", 1,
        "dpkg: error: No space left on device\nvirt-customize: error: apt-get failed",
        "The disk inside the image is full.")]
    [Tells("no-network", "virt-customize -a a.qcow2 --install curl", 1,
        "virt-customize: error: libguestfs error: passt exited with status 1",
        "passt, the network helper of libguestfs, failed.")]
    [Tells("no-package", "virt-customize -q -a a.qcow2 --install curl", 1,
        "E: Unable to locate package qemu-guest-agent",
        "Package qemu-guest-agent was not found: the package lists could not be fetched, or have none.")]
    [Tells("no-kernel", "make image", 2,
        "libguestfs: error: /usr/bin/supermin exited with error status 1.",
        "libguestfs could not build its helper VM (supermin).")]
    [Tells("no-helper", "virt-resize a b", 1,
        "virt-resize: error: libguestfs error: guestfs_launch failed.",
        "The helper VM of libguestfs did not start.")]
    [Tells("no-system", "virt-customize -a a.qcow2 --install curl", 1,
        "virt-customize: error: no operating systems were found in the guest image",
        "No operating system was found in the image.")]
    [Tells("tool-message", "virt-resize a b", 1,
        "virt-resize: error: libguestfs error: f2fs: unknown group",
        "libguestfs says: f2fs: unknown group")]
    [Tells("tool-failed", "virt-customize -a a.qcow2", 1, "", "virt-customize failed.")]
    public static readonly ImmutableArray<Cause> All =
    [
        new("image-full", @"[Nn]o space left on device",
            "The disk inside the image is full.", "Enlarge the image first: qemu-img resize FILE +2G"),
        new("no-network", @"passt",
            "passt, the network helper of libguestfs, failed.",
            "Install the software at the first boot, or try without it: apt-get remove passt"),
        new("no-network", @"[Tt]emporary failure (?:resolving|in name)|[Cc]ould not resolve|[Ff]ailed to fetch|(?:^|[ \n])(?:Ign|Err):[0-9]",
            "The image tools could not reach the package servers.",
            "Install the software at the first boot. DNS of this node: System > DNS"),
        new("no-package", @"Unable to locate package ([a-z0-9.+-]+)",
            "Package {1} was not found: the package lists could not be fetched, or have none.",
            "Install the software at the first boot, or check the node's network and DNS."),
        new("no-kernel", @"supermin",
            "libguestfs could not build its helper VM (supermin).",
            "It needs a readable kernel: ls -l /boot/vmlinuz-*"),
        new("no-helper", @"guestfs_launch|appliance|through libvirt",
            "The helper VM of libguestfs did not start.", "See why: LIBGUESTFS_BACKEND=direct libguestfs-test-tool"),
        new("no-system", @"no operating systems? (?:was|were|device|found)|no root device",
            "No operating system was found in the image.", "Download the image again."),
        new("tool-message", @"libguestfs:? error: ([^\n]+)", "libguestfs says: {1}"),
        new("tool-message", @"virt-[a-z-]+: error: ([^\n]+)", "The image tool says: {1}"),
        new("tool-failed", @"^(?:[^ \n]*/)?virt-([a-z-]+) ",
            "virt-{1} failed.", "Read the log. Whether libguestfs works at all: libguestfs-test-tool"),
    ];
}
