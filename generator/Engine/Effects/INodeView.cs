namespace VmRecovery.Engine.Effects;

/// <summary>A storage for disks.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its kind, such as <c>lvmthin</c>.</param>
/// <param name="IsActive">Whether it says what it holds.</param>
/// <param name="FreeKib">Its free space in KiB.</param>
internal sealed record StorageFacts(string Name, string Type, bool IsActive, long FreeKib)
{
    /// <summary>Whether its volumes are files, whose names have a folder and an ending.</summary>
    public bool HasFiles => Type is "dir" or "nfs" or "cifs" or "glusterfs" or "btrfs" or "cephfs";
}

/// <summary>The node as recovery looks at it. Null means that the node can't say.</summary>
internal interface INodeView
{
    /// <summary>The configuration of a VM of this node; empty without one.</summary>
    string Config(string vmid);

    /// <summary>Every guest configuration of the cluster: its number, its text, and whether it is a VM of this node.</summary>
    IEnumerable<(string Vmid, string Text, bool IsHere)> Configs();

    /// <summary>Whether a guest has the number. When the node can't say, it may be there.</summary>
    bool Exists(string vmid);

    /// <summary>Whether the VM runs, in the node's words; null when it is no VM of this node.</summary>
    string? Status(string vmid);

    /// <summary>Whether a task that makes or restores the VM is at work.</summary>
    bool HasWorker(string vmid);

    /// <summary>Storages that take disks.</summary>
    IReadOnlyList<StorageFacts>? Storages();

    /// <summary>The volumes that a storage lists for a VM.</summary>
    IReadOnlyList<string>? Volumes(string storage, string vmid);

    /// <summary>Whether the storage lists this volume. When it can't say, it may be there.</summary>
    bool VolumeExists(string volume);

    /// <summary>Where a volume lies; null when the storage does not say.</summary>
    string? PathOf(string volume);

    /// <summary>A number that is free; null when the node does not say.</summary>
    string? NextId();

    /// <summary>Runs a command of the clean-up; its output goes to the log.</summary>
    bool Run(params IReadOnlyList<string> words);
}
