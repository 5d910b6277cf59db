using System.Collections.Immutable;

namespace VmRecovery.Model.Causes;

/// <summary>Causes of a storage that can't be used.</summary>
public static class StorageMissingCauses
{
    /// <summary>Every cause, the most telling first.</summary>
    [Tells("unknown-storage", "qm importdisk 100 a.img tank", 255,
        "storage 'tank' does not exists",
        "There is no storage named tank.")]
    [Tells("other-node", "qm create 100 --scsi0 s:32", 255,
        "storage 's' is not available on node 'pve'",
        "Storage s is not available on node pve.")]
    [Tells("disabled", "pvesm list local-zfs", 255,
        "storage 'local-zfs' is disabled",
        "Storage local-zfs is disabled.")]
    [Tells("offline", "pvesm list nas", 255, "storage 'nas' is not online", "Storage nas does not answer.")]
    [Tells("not-mounted", "pvesm alloc usb 100 vm-100-disk-0.raw 4M", 255,
        "unable to activate storage 'usb' - directory is expected to be a mount point but is not mounted: '/mnt/usb'",
        "Storage usb is not mounted at /mnt/usb.")]
    [Tells("no-directory", "pvesm status", 255,
        "unable to activate storage 'nas' - directory '/mnt/pve/nas' does not exist or is unreachable",
        "Directory /mnt/pve/nas of storage nas does not exist or can't be reached.")]
    [Tells("content-type", "qm importdisk 100 a.img isos", 255,
        "storage isos does not support vm images",
        "Storage isos does not take VM disks.")]
    [Tells("content-type", "pvesm alloc local 100 vm-100-disk-0 4M", 255,
        "storage 'local' does not support content-type 'images'",
        "Storage local does not take content of type images.")]
    [Tells("no-volume-group", "pvesm alloc lvm 100 vm-100-disk-0 4M", 255,
        "no such volume group 'data'",
        "LVM volume group data does not exist.")]
    [Tells("no-thin-pool", "pvesm status", 255,
        "no such logical volume pve/data",
        "LVM thin pool pve/data does not exist.")]
    [Tells("no-zfs-pool", "pvesm status", 255,
        "could not activate storage 'tank', zfs error: cannot import 'tank': no such pool available",
        "Storage tank could not be activated.")]
    [Tells("ceph", "pvesm alloc rbd 100 vm-100-disk-0 4M", 255,
        "rbd: couldn't connect to the cluster!",
        "The Ceph cluster does not answer.")]
    [Tells("mount-failed", "pvesm status", 32,
        "mount error: mount.nfs: Connection timed out",
        "A network storage could not be mounted: mount.nfs: Connection timed out")]
    [Tells("not-active", "pvesm status", 255,
        "unable to activate storage 'x' - something else",
        "Storage x could not be activated.")]
    [Tells("none", "exit 119", 119, "", "No storage of this node takes what the script needs.")]
    public static readonly ImmutableArray<Cause> All =
    [
        new("unknown-storage", @"storage '([A-Za-z0-9._-]+)' does not exist|[Ss]torage '?([A-Za-z0-9._-]+)'? not found",
            "There is no storage named {1}{2}.", "Storages of this node: pvesm status. Add one: Datacenter > Storage"),
        new("other-node", @"storage '([A-Za-z0-9._-]+)' is not available on node '([A-Za-z0-9._-]+)'",
            "Storage {1} is not available on node {2}.", "Allow the node: Datacenter > Storage > {1} > Edit > Nodes"),
        new("disabled", @"storage '([A-Za-z0-9._-]+)' is disabled",
            "Storage {1} is disabled.", "Enable it: pvesm set {1} --disable 0"),
        new("offline", @"storage '([A-Za-z0-9._-]+)' is not online|check for storage '([A-Za-z0-9._-]+)' failed",
            "Storage {1}{2} does not answer.", "See that its server is up and can be reached: pvesm status"),
        new("not-mounted", @"activate storage '([A-Za-z0-9._-]+)'[^\n]*not mounted: '([^'\n]+)'",
            "Storage {1} is not mounted at {2}.", "Mount it, then try again: findmnt shows what is mounted."),
        new("no-directory", @"activate storage '([A-Za-z0-9._-]+)' - directory '([^'\n]+)'",
            "Directory {2} of storage {1} does not exist or can't be reached.",
            "See that its disk or server is there: pvesm status"),
        new("content-type", @"[Ss]torage '?([A-Za-z0-9._-]+)'? does not (?:support|allow|accept) [^\n]*content[ -]type '?([a-z]+)'?",
            "Storage {1} does not take content of type {2}.", "Allow it: Datacenter > Storage > {1} > Edit > Content"),
        new("content-type", @"[Ss]torage '?([A-Za-z0-9._-]+)'? does not (?:support|allow)",
            "Storage {1} does not take VM disks.", "Allow 'Disk image': Datacenter > Storage > {1} > Edit > Content"),
        new("no-volume-group", @"no such volume group '([A-Za-z0-9+_.-]+)'",
            "LVM volume group {1} does not exist.", "See which there are: vgs. A disk may be missing: lsblk"),
        new("no-thin-pool", @"no such logical volume ([A-Za-z0-9+_./-]+)",
            "LVM thin pool {1} does not exist.", "See which there are: lvs"),
        new("no-zfs-pool", @"could not activate storage '([A-Za-z0-9._-]+)'",
            "Storage {1} could not be activated.", "See its pool: zpool status, zpool import"),
        new("ceph", @"connect(?:ing)? to the cluster", "The Ceph cluster does not answer.", "See its state: ceph -s"),
        new("mount-failed", @"mount error: ([^\n]+)",
            "A network storage could not be mounted: {1}",
            "See that its server is up and can be reached: pvesm status"),
        new("not-active", @"activate storage '([A-Za-z0-9._-]+)'", "Storage {1} could not be activated."),
        new("none", @"detect a valid storage|no storage ID specified|^exit (?:119|120|217)\n",
            "No storage of this node takes what the script needs.",
            "Allow 'Disk image' for one: Datacenter > Storage > Edit > Content"),
        new("unknown-storage", @"No such storage",
            "The storage is not known to this cluster.",
            "Storages of this node: pvesm status. Add one: Datacenter > Storage"),
    ];
}
