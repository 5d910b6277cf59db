using System.Globalization;
using System.Text.RegularExpressions;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary>What the commands do with storages: find, allocate, fill, free. Messages as the plugins print them.</summary>
internal sealed class StorageWork(NodeState node, Reply reply)
{
    private const string Qcow2Options = "cluster_size=65536 extended_l2=off preallocation=metadata compression_type=zlib";

    /// <summary>The largest file of the usual file systems, in bytes.</summary>
    public const long LargestFile = 16L << 40;

    /// <summary>A storage that exists and is enabled.</summary>
    public Storage Enabled(string name)
    {
        var storage = node.Storages.GetValueOrDefault(name) ?? throw new CommandFailure(255, $"storage '{name}' does not exist");
        return storage.Enabled ? storage : throw new CommandFailure(255, $"storage '{name}' is disabled");
    }

    /// <summary>A storage that can be used now.</summary>
    public Storage Active(string name)
    {
        var storage = Enabled(name);
        return storage.Active ? storage : throw new CommandFailure(255, NotMounted(storage));
    }

    public static string NotMounted(Storage storage) =>
        $"unable to activate storage '{storage.Name}' - directory is expected to be a mount point but is not mounted: '{storage.Path}'";

    /// <summary>Checks that a volume name has the form the storage wants.</summary>
    public static void CheckName(Storage storage, string name)
    {
        if (storage.KeepsFiles && !Regex.IsMatch(name, @"^([1-9][0-9]*/[^/]+\.(raw|qcow2|vmdk)|(iso|vztmpl|backup|snippets|import)/[^/]+)$"))
            throw new CommandFailure(255, $"unable to parse directory volume name '{name}'");
        if (storage.IsLvm && !Regex.IsMatch(name, "^[A-Za-z0-9_.+-]+$"))
            throw new CommandFailure(255, $"lvm name '{name}' contains illegal characters");
        if (storage.Kind == StorageKind.ZfsPool && !Regex.IsMatch(name, "^(base|vm|subvol)-[0-9]+-[^/]+$"))
            throw new CommandFailure(255, $"unable to parse zfs volume name '{name}'");
    }

    /// <summary>Makes a volume and prints what the storage's own programs print.</summary>
    /// <param name="storage">Where.</param>
    /// <param name="owner">Whose.</param>
    /// <param name="name">Name without folder; null for the next free one.</param>
    /// <param name="bytes">Virtual size.</param>
    /// <param name="format">Wanted format; block storages know only raw.</param>
    /// <param name="inWorker">True when children's stderr comes out on stdout.</param>
    /// <param name="baseVolume">The template's volume of which this one is to hold the differences.</param>
    public Volume Allocate(Storage storage, int owner, string? name, long bytes, string format, bool inWorker, Volume? baseVolume = null)
    {
        if (node.BusyStorages.Contains(storage.Name))
            throw new CommandFailure(inWorker ? 255 : 4, $"can't lock file '/var/lock/pve-manager/pve-storage-{storage.Name}' - got timeout");
        if (!storage.KeepsFiles && format != "raw")
            throw new CommandFailure(25, $"unsupported format '{format}' at /usr/share/perl5/PVE/Storage/LvmThinPlugin.pm line 102.");
        var full = name is null
            ? node.NewVolumeName(storage, owner, format)
            : storage.KeepsFiles ? string.Create(CultureInfo.InvariantCulture, $"{owner}/{name}") : name;
        var volume = new Volume(storage, full, owner, format) { Bytes = bytes, MadeByScript = true, Base = baseVolume };
        if (storage.KeepsFiles)
            AllocateFile(volume);
        else if (storage.IsLvm)
            AllocateLogicalVolume(volume, inWorker);
        else
            AllocateZfs(volume);
        node.Volumes.Add(volume);
        if (storage is { Kind: StorageKind.ZfsPool, LinksTooLate: true })
        {
            volume.HasFile = false;
            throw new CommandFailure(255, $"timeout: no zvol device link for '{volume.Name}' found after 10 sec.");
        }
        return volume;
    }

    /// <summary>Removes a volume; returns the message when the storage keeps it.</summary>
    public string? Free(Volume volume, bool say = true)
    {
        if (volume.Storage.KeepsEverything || (!volume.Storage.KeepsFiles && (volume.Busy || IsInUse(volume))))
            return volume.Storage.Kind switch
            {
                StorageKind.Lvm or StorageKind.LvmThin => $"lvremove '{volume.Storage.Group}/{volume.Name}' error:   Logical volume {volume.Storage.Group}/{volume.Name} in use.",
                StorageKind.ZfsPool => $"zfs error: cannot destroy '{volume.Storage.Group}/{volume.Name}': dataset is busy",
                _ => $"unlink '{volume.Path}' failed - Operation not permitted",
            };
        node.Volumes.Remove(volume);
        if (say && volume.Storage.IsLvm)
            reply.Out($"  Logical volume \"{volume.Name}\" successfully removed.");
        return null;
    }

    // A file can be removed while it is open, a block device can't.
    private bool IsInUse(Volume volume) => node.Machines.Values.Any(m => m.Running && m.Config.Values.Any(v => DiskWork.VolumeIdOf(v) == volume.Id));

    private void AllocateFile(Volume volume)
    {
        if (node.Volumes.Exists(v => v.Storage == volume.Storage && v.Name == volume.Name))
        {
            var path = volume.Storage.Path + "/images/" + volume.Name;
            if (volume.Storage.Kind == StorageKind.Btrfs && path.EndsWith(".raw", StringComparison.Ordinal))
                path = path[..^4];
            throw new CommandFailure(25, $"disk image '{path}' already exists");
        }
        if (volume.Storage.OutOfBlocks && !node.Volumes.Exists(v => v.Storage == volume.Storage && v.Owner == volume.Owner))
            throw new CommandFailure(
                28, $"mkdir {volume.Storage.Path}/images/{volume.Owner}: No space left on device at /usr/share/perl5/PVE/Storage/Plugin.pm line 1055.");
        if (volume.Storage.Kind == StorageKind.Btrfs && volume.Format == "raw")
            return;
        var format = volume.Format == "qcow2" ? "fmt=qcow2 " + Qcow2Options : "fmt=" + volume.Format;
        var tail = volume.Format == "qcow2" ? " lazy_refcounts=off refcount_bits=16" : " preallocation=off";
        reply.Out(string.Create(CultureInfo.InvariantCulture, $"Formatting '{volume.Path}', {format} size={volume.Bytes}{tail}"));
        if (volume.Bytes > LargestFile)
            throw new CommandFailure(39, $"unable to create image: qemu-img: {volume.Path}: Could not resize file: File too large");
        if (volume.Storage.Full && volume.Format == "qcow2")
            throw new CommandFailure(
                39, $"unable to create image: qemu-img: {volume.Path}: Could not write refcount table: No space left on device");
    }

    private void AllocateLogicalVolume(Volume volume, bool inWorker)
    {
        var group = volume.Storage.Group;
        if (node.Volumes.Exists(v => v.Storage == volume.Storage && v.Name == volume.Name))
            throw new CommandFailure(
                5, $"lvcreate '{group}/{volume.Name}' error:   Logical Volume \"{volume.Name}\" already exists in volume group \"{group}\"");
        if (volume.Storage is { Full: true, Kind: StorageKind.Lvm })
            throw new CommandFailure(255, string.Create(CultureInfo.InvariantCulture, $"not enough free space (0 < {volume.Bytes >> 10})"));
        if (volume.Storage.Full)
            throw new CommandFailure(
                5,
                $"lvcreate '{group}/{volume.Name}' error:   Free space in pool {group}/data is above threshold, new volumes are not allowed.");
        if (volume.Storage.Kind == StorageKind.LvmThin)
            WarnOfThinPool(inWorker ? reply.Out : reply.Error);
        reply.Out($"  Logical volume \"{volume.Name}\" created.");
        if (!inWorker)
            reply.Out($"  Logical volume {group}/{volume.Name} changed.");
        volume.Bytes = (volume.Bytes + (4L << 20) - 1) / (4L << 20) * (4L << 20);
    }

    private static void WarnOfThinPool(Action<string> warn)
    {
        warn("  WARNING: You have not turned on protection against thin pools running out of space.");
        warn("  WARNING: Set activation/thin_pool_autoextend_threshold below 100 to trigger automatic extension of thin pools before they get full.");
    }

    private void AllocateZfs(Volume volume)
    {
        if (node.Volumes.Exists(v => v.Storage == volume.Storage && v.Name == volume.Name))
            throw new CommandFailure(25, $"zfs error: cannot create '{volume.Storage.Group}/{volume.Name}': dataset already exists");
        if (volume.Storage.Full)
            throw new CommandFailure(25, $"zfs error: cannot create '{volume.Storage.Group}/{volume.Name}': out of space");
    }
}
