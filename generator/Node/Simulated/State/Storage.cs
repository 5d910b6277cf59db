namespace VmRecovery.Node.Simulated.State;

/// <summary>The storage plugins whose behaviour the node knows.</summary>
internal enum StorageKind
{
    Dir,
    Nfs,
    Cifs,
    Btrfs,
    Lvm,
    LvmThin,
    ZfsPool,
}

/// <summary>One storage of the node and the state it is in.</summary>
internal sealed class Storage(string name, StorageKind kind)
{
    public string Name { get; } = name;

    public StorageKind Kind { get; } = kind;

    /// <summary>What may lie there: <c>images</c>, <c>iso</c>, <c>rootdir</c>, …</summary>
    public SortedSet<string> Content { get; init; } = new(StringComparer.Ordinal) { "images", "rootdir" };

    public bool Enabled { get; set; } = true;

    /// <summary>False: the storage is enabled, but not mounted.</summary>
    public bool Active { get; set; } = true;

    /// <summary>True: no image can be written; a file storage still takes sparse files.</summary>
    public bool Full { get; set; }

    /// <summary>True: a file storage's file system has not even a block for a VM's folder.</summary>
    public bool OutOfBlocks { get; set; }

    /// <summary>True: nothing can be removed or changed, as with files that are immutable.</summary>
    public bool KeepsEverything { get; set; }

    /// <summary>True: a ZFS volume's device does not appear in time, though the volume is made.</summary>
    public bool LinksTooLate { get; set; }

    /// <summary>Size in bytes that <c>pvesm status</c> reports.</summary>
    public long TotalBytes { get; init; } = 200L << 30;

    /// <summary>Directory of a file storage.</summary>
    public string Path { get; init; } = name == "local" ? "/var/lib/vz" : "/mnt/pve/" + name;

    /// <summary>Volume group, or pool and data set.</summary>
    public string Group => IsLvm ? "pve" : "rpool/data";

    /// <summary>True for storages that keep volumes as files below a folder for each VM.</summary>
    public bool KeepsFiles => Kind is StorageKind.Dir or StorageKind.Nfs or StorageKind.Cifs or StorageKind.Btrfs;

    /// <summary>True for volume groups, thick and thin.</summary>
    public bool IsLvm => Kind is StorageKind.Lvm or StorageKind.LvmThin;

    /// <summary>True when the cluster's other node uses it too.</summary>
    public bool IsShared => Kind is StorageKind.Nfs or StorageKind.Cifs;

    /// <summary>The name that <c>pvesm status</c> prints.</summary>
    public string TypeName => Kind switch
    {
        StorageKind.Lvm => "lvm",
        StorageKind.LvmThin => "lvmthin",
        StorageKind.ZfsPool => "zfspool",
        StorageKind.Nfs => "nfs",
        StorageKind.Cifs => "cifs",
        StorageKind.Btrfs => "btrfs",
        _ => "dir",
    };
}
