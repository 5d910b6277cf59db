namespace VmRecovery.Model.Detectors;

/// <summary>Numbers that are taken: of a VM, a container, or a volume left by an earlier one.</summary>
public static class VmidConflict
{
    /// <summary>The ID, or a volume named after it, exists already.</summary>
    [BashFunction("is_vmid_conflict")]
    [Claims("qm create 100 --name debian", 255, "unable to create VM 100 - VM 100 already exists on node 'pve'")]
    [Claims("pvesm alloc local-lvm 100 vm-100-disk-0 4M", 5,
        "lvcreate 'pve/vm-100-disk-0' error:   Logical Volume \"vm-100-disk-0\" already exists in volume group \"pve\"")]
    [Claims("pvesm alloc local 100 vm-100-disk-0.raw 4M", 25,
        "disk image '/var/lib/vz/images/100/vm-100-disk-0.raw' already exists")]
    [Rejects("vzdump 230", 255,
        "zfs error: cannot create snapshot 'rpool/vm-230-disk-1@vzdump': dataset already exists")]
    [Rejects("qm start 100", 255, "PCI device '0000:01:00.0' already in use by VMID '101'")]
    public static bool IsVmidConflict(Failure failure) =>
        failure.Log.Matches("(VM|CT) [^ ]+ already exists")
        || failure.Log.Contains("config file already exists")
        || failure.Log.Matches("Logical [Vv]olume \"[^\"]*\" already exists")
        || failure.Log.Matches("cannot create '[^'@]*': dataset already exists")
        || failure.Log.Matches("disk image '[^']*' already exists")
        || failure.Log.Matches("rbd.*File exists")
        || failure.Log.Matches("volume '?[^ ']+'? already exists")
        || failure.Log.Contains("unable to get any free VMID")
        || failure.Log.Matches("ID [0-9]+ (is )?already in use");
}
