namespace VmRecovery.Node.Simulated.State;

/// <summary>One disk image on a storage.</summary>
/// <param name="Storage">Where it lies.</param>
/// <param name="Name">Name within the storage, for file storages with the folder: <c>100/vm-100-disk-0.raw</c>.</param>
/// <param name="Owner">VMID that the storage reports as owner.</param>
/// <param name="Format"><c>raw</c>, <c>qcow2</c> or <c>vmdk</c>.</param>
internal sealed record Volume(Storage Storage, string Name, int Owner, string Format)
{
    /// <summary><c>backup</c>, <c>snippets</c> or <c>import</c>; null for a guest's disk.</summary>
    public string? FileContent { get; init; }

    /// <summary>Virtual size in bytes.</summary>
    public long Bytes { get; set; }

    /// <summary>What was written: a digest of the imported file, or a word such as <c>empty</c>, <c>efi</c>, <c>partial</c>.</summary>
    public string Written { get; set; } = "empty";

    /// <summary>The template's volume of which a linked clone's holds the differences; null for any other.</summary>
    public Volume? Base { get; init; }

    /// <summary>True while a program that nobody waits for has it open.</summary>
    public bool Busy { get; set; }

    /// <summary>False for what was on the node before the script under test.</summary>
    public bool MadeByScript { get; init; }

    /// <summary>The volume id that commands print: <c>STORE:NAME</c>.</summary>
    public string Id => Storage.Name + ":" + Name;

    /// <summary>False while the device of a ZFS volume has not appeared.</summary>
    public bool HasFile { get; set; } = true;

    /// <summary>Name without a folder.</summary>
    public string BaseName => Name[(Name.LastIndexOf('/') + 1)..];

    /// <summary>What <c>pvesm path</c> prints.</summary>
    public string Path => PathOf(Storage, Name);

    /// <summary>The path that a volume of this name has, whether it exists or not.</summary>
    public static string PathOf(Storage storage, string name) => storage.Kind switch
    {
        StorageKind.Lvm or StorageKind.LvmThin => "/dev/" + storage.Group + "/" + name,
        StorageKind.ZfsPool => "/dev/zvol/" + storage.Group + "/" + name,
        StorageKind.Btrfs when name.EndsWith(".raw", StringComparison.Ordinal) =>
            storage.Path + "/images/" + name[..^4] + "/disk.raw",
        _ when name.StartsWith("backup/", StringComparison.Ordinal) => storage.Path + "/dump/" + name["backup/".Length..],
        _ when name.StartsWith("snippets/", StringComparison.Ordinal) || name.StartsWith("import/", StringComparison.Ordinal) => storage.Path + "/" + name,
        _ => storage.Path + "/images/" + name,
    };
}
