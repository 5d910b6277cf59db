using System.Globalization;
using System.Text.RegularExpressions;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary>Disk options of <c>qm create</c> and <c>qm set</c>: checks them, makes volumes, builds the config value.</summary>
internal sealed partial class DiskWork(NodeState node, Reply reply, ScriptFiles files, string usage, bool inWorker)
{
    private readonly StorageWork storages = new(node, reply);

    /// <summary>Volumes made so far, for the roll-back of a command that fails later.</summary>
    public List<Volume> Made { get; } = [];

    [GeneratedRegex("^(scsi|sata|ide|virtio)[0-9]+$|^(efidisk|tpmstate)0$|^unused[0-9]+$")]
    private static partial Regex DiskKey();

    public static bool IsDisk(string key) => DiskKey().IsMatch(key);

    /// <summary>The volume id at the start of a disk value.</summary>
    public static string VolumeIdOf(string value) => value.Split(',')[0];

    /// <summary>Refuses what Proxmox refuses before any work is done.</summary>
    public void Check(string key, string value)
    {
        var file = FileOf(value);
        if (file is "none" or "cdrom" || file.StartsWith("/dev/", StringComparison.Ordinal))
            return;
        if (file.StartsWith('/'))
            throw CommandFailure.LateParameter(usage, $"{key}: unable to associate path '{file}' to any storage");
        var colon = file.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            throw CommandFailure.Parameter(
                usage, $"{key}: invalid format - format error", $"{key}.file: invalid format - unable to parse volume ID '{file}'", "");
        var bad = value.Split(',').Skip(1).FirstOrDefault(p => p.Length > 0 && !KnownProperty().IsMatch(p));
        if (bad is not null)
            throw CommandFailure.Parameter(
                usage,
                $"{key}.{bad.Split('=')[0]}: property is not defined in schema and the schema does not allow additional properties");
        var storage = node.Storages.GetValueOrDefault(file[..colon])
            ?? throw new CommandFailure(inWorker || node.IsVersion8 ? 255 : 2, $"storage '{file[..colon]}' does not exist");
        var name = file[(colon + 1)..];
        if (NewDisk().IsMatch(name) || name == "cloudinit")
        {
            if (!storage.Content.Contains("images"))
                throw CommandFailure.LateParameter(usage, $"storage: storage '{storage.Name}' does not support vm images");
        }
        else
            StorageWork.CheckName(storage, name);
    }

    /// <summary>Makes or finds the volume that a disk option names and returns the value for the config.</summary>
    public string Apply(int vmId, string key, string value)
    {
        var file = FileOf(value);
        var properties = value.Split(',').Skip(1).Where(p => p.Length > 0 && !p.StartsWith("size=", StringComparison.Ordinal)).ToList();
        var colon = file.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || file.StartsWith('/'))
            return Join(file, properties);
        var name = file[(colon + 1)..];
        if (name.StartsWith("iso/", StringComparison.Ordinal))
            return Join(file, properties);
        var storage = storages.Active(file[..colon]);
        var volume = name == "cloudinit"
            ? MakeCloudInit(vmId, storage)
            : NewDisk().IsMatch(name) ? MakeDisk(vmId, key, storage, name, properties) : node.Find(file) ?? throw Missing(storage, file);
        if (name == "cloudinit")
        {
            properties.Add("media=cdrom");
            reply.Out($"{key}: successfully created disk '{volume.Id},media=cdrom'");
            return Join(volume.Id, properties);
        }
        properties.RemoveAll(p => p.StartsWith("import-from=", StringComparison.Ordinal) || p.StartsWith("format=", StringComparison.Ordinal));
        properties.Add("size=" + ByteSize.Short(volume.Bytes));
        var config = Join(volume.Id, properties);
        if (Made.Contains(volume))
            reply.Out($"{key}: successfully created disk '{config}'");
        return config;
    }

    /// <summary>Undoes <see cref="Made"/>.</summary>
    public void Free()
    {
        foreach (var volume in Made)
            storages.Free(volume, say: false);
        Made.Clear();
    }

    private Volume MakeCloudInit(int vmId, Storage storage)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"vm-{vmId}-cloudinit") + (storage.KeepsFiles ? ".qcow2" : "");
        var volume = storages.Allocate(storage, vmId, name, 4L << 20, storage.KeepsFiles ? "qcow2" : "raw", inWorker);
        volume.Written = "cloudinit";
        Made.Add(volume);
        return volume;
    }

    private Volume MakeDisk(int vmId, string key, Storage storage, string size, List<string> properties)
    {
        var import = properties.Find(p => p.StartsWith("import-from=", StringComparison.Ordinal))?["import-from=".Length..];
        var source = import is null
            ? null
            : files.Image(import) ?? throw new CommandFailure(2, $"can't find file '{import}'");
        var isEfi = key == "efidisk0";
        var efiBytes = properties.Contains("efitype=4m") ? 540672L : 131072L;
        var bytes = isEfi ? efiBytes : source?.VirtualBytes ?? ByteSize.Read(size, 1L << 30) ?? 0;
        var format = properties.Find(p => p.StartsWith("format=", StringComparison.Ordinal))?["format=".Length..] ?? "raw";
        var volume = storages.Allocate(storage, vmId, null, bytes, storage.KeepsFiles ? format : "raw", inWorker);
        Made.Add(volume);
        if (isEfi || source is not null)
            Copy(volume, isEfi ? efiBytes : bytes, isEfi ? "efi" : source!.Digest, storage);
        return volume;
    }

    private void Copy(Volume volume, long bytes, string written, Storage storage)
    {
        foreach (var line in CopyProgress.Lines(bytes, storage.Full))
            reply.Out(line);
        if (storage.Full)
        {
            reply.Out("qemu-img: error while writing at byte 0: No space left on device");
            // The EFI image of a failed create stays behind, as on a real node.
            Made.Remove(volume);
            throw new CommandFailure(
                255,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"copy failed: command '/usr/bin/qemu-img convert -p -n -O raw /usr/share/pve-edk2-firmware//OVMF_VARS_4M.fd {volume.Path}' failed: exit code 1"));
        }
        volume.Written = written;
    }

    private static CommandFailure Missing(Storage storage, string id) => storage.Kind switch
    {
        StorageKind.Lvm or StorageKind.LvmThin => new CommandFailure(25, $"no such logical volume {storage.Group}/{id[(id.IndexOf(':') + 1)..]}"),
        StorageKind.ZfsPool => new CommandFailure(25, $"zfs error: cannot open '{storage.Group}/{id[(id.IndexOf(':') + 1)..]}': dataset does not exist"),
        _ => new CommandFailure(2, $"volume '{id}' does not exist"),
    };

    private static string FileOf(string value)
    {
        var file = VolumeIdOf(value);
        return file.StartsWith("file=", StringComparison.Ordinal) ? file["file=".Length..] : file;
    }

    private static string Join(string file, IEnumerable<string> properties) =>
        string.Join(',', properties.Order(StringComparer.Ordinal).Prepend(file));

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)?$")]
    private static partial Regex NewDisk();

    [GeneratedRegex("^(discard|ssd|size|cache|iothread|aio|backup|media|efitype|pre-enrolled-keys|ms-cert|format|import-from|replicate|ro|serial|version|shared|snapshot|detect_zeroes|mbps[a-z_]*|iops[a-z_]*|werror|rerror|model|queues|scsiblock|wwn|trans|heads|cyls|secs)=")]
    private static partial Regex KnownProperty();
}
