using System.Collections.Immutable;

namespace VmRecovery.Model.Causes;

/// <summary>Causes of a lock that was not given.</summary>
public static class LockTimeoutCauses
{
    /// <summary>Every cause, the most telling first.</summary>
    [Tells("vm-lock", "qm start 129", 255,
        "can't lock file '/var/lock/qemu-server/lock-129.conf' - got timeout",
        "Another task is changing VM 129.")]
    [Tells("storage-lock", "pvesm alloc local 100 vm-100-disk-0 4M", 4,
        "can't lock file '/var/lock/pve-manager/pve-storage-local' - got timeout",
        "Another task is using storage local.")]
    [Tells("storage-slow", "qm create 100", 255,
        "'storage-nfs'-locked command timed out - aborting",
        "Storage nfs took longer than a minute.")]
    [Tells("task-lock", "qm set 100 --memory 512", 255, "VM is locked (backup)", "A task has locked the VM (backup).")]
    [Tells("zfs-slow", "pvesm alloc tank 100 vm-100-disk-0 4M", 4,
        "command 'zfs create -s -V 4096k tank/vm-100-disk-0' failed: got timeout",
        "ZFS did not answer in time.")]
    [Tells("packages", "apt-get install -y xz-utils", 100,
        "E: Could not get lock /var/lib/dpkg/lock-frontend",
        "Another installation of packages is running on this node.")]
    [Tells("vm-stop", "qm shutdown 100", 255,
        "VM quit/powerdown failed - got timeout",
        "The VM did not shut down in time.")]
    [Tells("slow", "qm resize 100 scsi0 8G", 4,
        "command '/usr/bin/qemu-img resize -f raw a 8G' failed: got timeout",
        "/usr/bin/qemu-img did not finish in time.")]
    [Tells("lock-file", "qm list", 4,
        "can't lock file '/run/x.lock' - got timeout",
        "Another task holds the lock /run/x.lock.")]
    public static readonly ImmutableArray<Cause> All =
    [
        new("vm-lock", @"/lock-([0-9]+)\.conf'", "Another task is changing VM {1}."),
        new("vm-lock", @"unable to create VM ([0-9]+) - can't lock file", "Another task is using VM ID {1}."),
        new("storage-lock", @"pve-storage-([A-Za-z0-9._-]+)'", "Another task is using storage {1}."),
        new("storage-lock", @"cfs-lock 'storage-([A-Za-z0-9._-]+)'",
            "Another task of the cluster is using storage {1}."),
        new("storage-slow", @"'storage-([A-Za-z0-9._-]+)'-locked command timed out",
            "Storage {1} took longer than a minute.", "See whether it answers: pvesm status --storage {1}"),
        new("task-lock", @"(?:VM|CT) is locked \(([a-z-]+)\)",
            "A task has locked the VM ({1}).",
            "Wait for that task. If it is gone for good, unlock the VM: qm unlock VMID"),
        new("zfs-slow", @"command 'zfs [^\n]*got timeout",
            "ZFS did not answer in time.", "Try again. If it happens again, look at the pool: zpool status"),
        new("packages", @"/var/lib/(?:dpkg|apt)|dpkg frontend",
            "Another installation of packages is running on this node.",
            "Wait for it to end: ps -C apt,apt-get,dpkg,unattended-upgr"),
        new("vm-stop", @"VM quit/powerdown failed", "The VM did not shut down in time.", "Stop it: qm stop VMID"),
        new("vm-lock", @"to become unlocked", "The VM stayed locked by another task."),
        new("slow", @"command '([^' \n]+)[^\n]*got timeout",
            "{1} did not finish in time.", "The storage may be busy; trying again often helps."),
        new("lock-file", @"can't lock file '([^'\n]+)'", "Another task holds the lock {1}."),
    ];
}
