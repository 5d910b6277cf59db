namespace VmRecovery.Model;

/// <summary>What kind of failure it was. The order is the order in which classes win (contract, section 4).</summary>
public enum ErrorClass
{
    /// <summary>Somebody ended it: Ctrl-C, a closed shell, Cancel in a dialog.</summary>
    [Id("user-abort", "The creation was cancelled.")]
    [Advice("Start it again, or remove what it made.")]
    UserAbort,

    /// <summary>The node, or the helper machine of libguestfs, had no memory left.</summary>
    [Id("out-of-memory", "There was not enough free memory.")]
    [Advice("Give the VM less memory, or stop other VMs. Free memory: free -m")]
    OutOfMemory,

    /// <summary>A pool, volume group or file system is full.</summary>
    [Id("storage-full", "A storage or file system has no space left.")]
    [Advice("See which one: df -h; pvesm status. Free some space, or choose another storage.")]
    StorageFull,

    /// <summary>Another task held a lock for too long. Trying again often succeeds.</summary>
    [Id("lock-timeout", "Another task held a lock for too long.")]
    [Advice("Wait until the other task ends (Tasks, at the bottom of the web interface), then try again.")]
    LockTimeout,

    /// <summary>The VM ID, or a volume with its number, is taken.</summary>
    [Id("vmid-conflict", "The VM ID, or a disk with its number, already exists.")]
    [Advice("Use another ID. Who has this one: qm list; pct list")]
    VmidConflict,

    /// <summary>The storage is unknown, disabled, not mounted, or does not take disk images.</summary>
    [Id("storage-missing", "The storage is not available, or does not take VM disks.")]
    [Advice("Storages of this node and their state: pvesm status")]
    StorageMissing,

    /// <summary>Not root, no privilege, or a cluster without quorum.</summary>
    [Id("permission", "A permission is missing, or the cluster has no quorum.")]
    [Advice("Run it as root@pam. In a cluster: pvecm status")]
    Permission,

    /// <summary>The VM is there and does not start.</summary>
    [Id("vm-start", "The VM was created but does not start.")]
    [Advice("Start it by hand to see more: qm start VMID. Its devices: VM > Hardware")]
    VmStart,

    /// <summary>libguestfs could not change the image.</summary>
    [Id("virt-customize", "The disk image could not be customized.")]
    [Advice("See whether libguestfs works at all: libguestfs-test-tool")]
    VirtCustomize,

    /// <summary>A volume could not be made, imported, attached or resized.</summary>
    [Id("disk-import", "A disk of the VM could not be created or imported.")]
    [Advice("Look at the storage: pvesm status; pvesm list STORAGE")]
    DiskImport,

    /// <summary>The image could not be fetched, or what came is damaged.</summary>
    [Id("download", "The image could not be downloaded, or arrived damaged.")]
    [Advice("Check the node's network: System > Network, System > DNS. Then try again.")]
    Download,

    /// <summary>Names do not resolve, a host does not answer, or a bridge is missing.</summary>
    [Id("network", "The network, a name server or a bridge did not work.")]
    [Advice("Check System > Network and System > DNS of this node.")]
    Network,

    /// <summary>No evidence for any class.</summary>
    [Id("unknown", "The cause is not clear from the messages.")]
    [Advice("Read the log. Task logs: Tasks, at the bottom of the web interface.")]
    Unknown,
}
