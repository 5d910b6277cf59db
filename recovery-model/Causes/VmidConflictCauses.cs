using System.Collections.Immutable;

namespace VmRecovery.Model.Causes;

/// <summary>Causes of a taken number.</summary>
public static class VmidConflictCauses
{
    /// <summary>Every cause, the most telling first.</summary>
    [Tells("vm-exists", "qm create 100 --name a", 255,
        "unable to create VM 100 - VM 100 already exists on node 'pve'",
        "VM ID 100 belongs to a VM on node pve.")]
    [Tells("vm-exists", "qm clone 9000 401", 255,
        "unable to create VM 401: config file already exists",
        "VM ID 401 is taken by another VM.")]
    [Tells("container-exists", "qm create 105", 255,
        "CT 105 already exists on node 'pve'",
        "ID 105 is taken by a container.")]
    [Tells("volume-exists", "pvesm alloc local-lvm 100 vm-100-disk-0 4M", 5,
        "lvcreate 'pve/vm-100-disk-0' error:   Logical Volume \"vm-100-disk-0\" already exists in volume group \"pve\"",
        "A disk named vm-100-disk-0 already exists.")]
    [Tells("no-free-id", "pvesh get /cluster/nextid", 255,
        "unable to get any free VMID in range [100, 199]",
        "No VM ID from 100 to 199 is free.")]
    [Tells("id-in-use", "exit 1", 1, "ID 105 is already in use", "ID 105 is in use already.")]
    public static readonly ImmutableArray<Cause> All =
    [
        new("vm-exists", @"VM ([0-9]+) already exists on node '([A-Za-z0-9._-]+)'",
            "VM ID {1} belongs to a VM on node {2}."),
        new("vm-exists", @"VM ([0-9]+) already exists|VM ([0-9]+): config file",
            "VM ID {1}{2} is taken by another VM."),
        new("container-exists", @"CT ([0-9]+) already exists",
            "ID {1} is taken by a container.", "Use another ID. The container: pct config {1}"),
        new("volume-exists", @"[Ll]ogical [Vv]olume \""([A-Za-z0-9+_.-]+)\"" already exists",
            "A disk named {1} already exists.",
            "Use another ID, or free that disk if nothing needs it. It is listed by: lvs"),
        new("volume-exists", @"cannot create '([^'@\n]+)': dataset already exists",
            "A disk named {1} already exists.",
            "Use another ID, or free that disk if nothing needs it. It is listed by: zfs list"),
        new("volume-exists", @"disk image '([^'\n]+)' already exists",
            "The disk file {1} already exists.", "Use another ID, or free that disk if nothing needs it."),
        new("volume-exists", @"volume '?([^ '\n]+)'? already exists", "A disk named {1} already exists."),
        new("volume-exists", @"rbd[^\n]*File exists",
            "A Ceph image with the name of the disk already exists.",
            "Use another ID, or free that disk if nothing needs it. It is listed by: pvesm list STORAGE"),
        new("no-free-id", @"any free VMID in range \[([0-9]+), ([0-9]+)\]",
            "No VM ID from {1} to {2} is free.", "Widen the range: Datacenter > Options > Next Free VMID Range"),
        new("id-in-use", @"ID ([0-9]+) (?:is )?already in use", "ID {1} is in use already."),
        new("vm-exists", @"config file already exists", "The VM ID is taken by another VM."),
    ];
}
