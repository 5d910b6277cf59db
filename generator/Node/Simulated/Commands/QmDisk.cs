using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary><c>qm importdisk</c>, <c>qm resize</c>, and their newer names below <c>qm disk</c>.</summary>
internal sealed class QmDisk(NodeState node, Reply reply, ScriptFiles files)
{
    public static readonly Syntax ImportSyntax =
        new("qm disk import <vmid> <source> <storage> [OPTIONS]", 3, "", "format|target-disk");

    public static readonly Syntax ResizeSyntax = new("qm disk resize <vmid> <disk> <size> [OPTIONS]", 3, "skiplock", "digest");

    private readonly StorageWork storages = new(node, reply);

    /// <summary>A killed import: a part-filled volume that no config names.</summary>
    public Volume LeaveHalfImport(IReadOnlyList<string> arguments)
    {
        var call = ImportSyntax.Parse(arguments);
        var storage = storages.Active(call.Words[2]);
        reply.Out($"importing disk '{call.Words[1]}' to VM {call.VmId()} ...");
        var volume = storages.Allocate(storage, call.VmId(), null, 1L << 20, FormatFor(storage, call), inWorker: false);
        volume.Written = "partial";
        return volume;
    }

    /// <summary>The copy that goes on without the import that was killed: it ends, and no config gets the volume.</summary>
    public void EndCopy(IReadOnlyList<string> arguments, Volume volume, string directory)
    {
        var source = ImportSyntax.Parse(arguments).Words[1];
        if (files.Image(source.StartsWith('/') ? source : directory + "/" + source) is not { } image)
            return;
        volume.Bytes = image.VirtualBytes;
        volume.Written = image.Digest;
    }

    /// <summary>A killed resize: the volume has the new size, the config the old one.</summary>
    public void LeaveHalfResize(IReadOnlyList<string> arguments)
    {
        var call = ResizeSyntax.Parse(arguments);
        var config = node.Machines.GetValueOrDefault(call.VmId())?.Config.GetValueOrDefault(call.Words[1]);
        if (config is not null && node.Find(DiskWork.VolumeIdOf(config)) is { } volume)
            volume.Bytes = NewSize(call.Words[2], volume.Bytes);
    }

    public void Import(IReadOnlyList<string> arguments, string directory)
    {
        var call = ImportSyntax.Parse(arguments);
        var id = call.VmId();
        var (source, target) = (call.Words[1], call.Value("target-disk"));
        if (call.Value("format") is { } wanted && wanted is not ("raw" or "qcow2" or "vmdk"))
            throw CommandFailure.Usage(
                ImportSyntax.Usage,
                "400 Parameter verification failed.",
                $"format: value '{wanted}' does not have a value in the enumeration 'raw, qcow2, vmdk'",
                "");
        var machine = QmLifecycle.Required(node, id, 2);
        var image = files.Image(source.StartsWith('/') ? source : directory + "/" + source)
            ?? throw new CommandFailure(2, source + ": non-existent or non-regular file");
        var storage = storages.Enabled(call.Words[2]);
        if (!storage.Content.Contains("images"))
            throw new CommandFailure(255, $"storage {storage.Name} does not support vm images");
        if (machine.Lock is { } held)
            throw new CommandFailure(255, $"VM is locked ({held})");
        reply.Out($"importing disk '{source}' to VM {id} ...");
        storage = storages.Active(storage.Name);
        if (image.IsDamaged)
            throw new CommandFailure(
                1,
                $"command '/usr/bin/qemu-img info '--output=json' {source}' failed: exit code 1",
                $"qemu-img: Could not open '{source}': qcow2 header too short");
        var format = FormatFor(storage, call);
        if (format != (call.Value("format") ?? "raw"))
            reply.Error($"format '{call.Value("format")}' is not supported by the target storage - using 'raw' instead");
        var volume = storages.Allocate(storage, id, null, image.VirtualBytes, format, inWorker: false);
        Copy(call, volume, image);
        if (node.BusyMachines.Contains(id) || (target is not null && machine.Config.ContainsKey(target)))
        {
            storages.Free(volume, say: false);
            QmLifecycle.WaitForConfigLock(node, id, 39, reply, inWorker: false);
            throw new CommandFailure(39, "cowardly refusing to overwrite existing entry: " + target);
        }
        var slot = target ?? QmSet.FreeUnused(machine);
        machine.Config[slot] = volume.Id;
        reply.Out($"{slot}: successfully imported disk '{volume.Id}'");
    }

    public void Resize(IReadOnlyList<string> arguments)
    {
        var call = ResizeSyntax.Parse(arguments);
        var id = call.VmId();
        if (!System.Text.RegularExpressions.Regex.IsMatch(call.Words[2], @"^\+?[0-9]+(\.[0-9]+)?[KMGT]?$"))
            throw CommandFailure.Parameter(ResizeSyntax.Usage, "size: value does not match the regex pattern");
        if (!DiskWork.IsDisk(call.Words[1]))
            throw CommandFailure.Parameter(
                ResizeSyntax.Usage, $"disk: value '{call.Words[1]}' does not have a value in the enumeration 'ide0, ide1, ...'");
        try
        {
            ResizeInWorker(call, id);
        }
        catch (CommandFailure failure)
        {
            // The worker's end is not looked at: the text is all that a caller gets.
            throw new CommandFailure(0, [.. failure.Lines]);
        }
    }

    private void ResizeInWorker(Invocation call, int id)
    {
        var machine = QmLifecycle.Required(node, id, 0);
        QmLifecycle.RefuseLock(machine, call, 0);
        QmLifecycle.WaitForConfigLock(node, id, 0, reply, inWorker: true);
        var disk = call.Words[1];
        if (!machine.Config.TryGetValue(disk, out var config))
            throw new CommandFailure(0, $"disk '{disk}' does not exist");
        var volume = node.Find(DiskWork.VolumeIdOf(config))
            ?? throw new CommandFailure(0, $"volume '{DiskWork.VolumeIdOf(config)}' does not exist");
        var size = NewSize(call.Words[2], volume.Bytes);
        if (size < volume.Bytes)
            throw new CommandFailure(0, "shrinking disks is not supported");
        if (size == volume.Bytes)
            return;
        RefuseSize(volume, size);
        if (volume.Storage.IsLvm)
        {
            reply.Out($"  Size of logical volume pve/{volume.Name} changed from {ByteSize.Short(volume.Bytes)} to {ByteSize.Short(size)}.");
            reply.Out($"  Logical volume pve/{volume.Name} successfully resized.");
        }
        else if (volume.Storage.KeepsFiles)
            reply.Out("Image resized.");
        volume.Bytes = size;
        var parts = config.Split(',').Where(p => !p.StartsWith("size=", StringComparison.Ordinal)).Append("size=" + ByteSize.Short(size)).ToList();
        machine.Config[disk] = string.Join(',', parts.Skip(1).Order(StringComparer.Ordinal).Prepend(parts[0]));
    }

    private void RefuseSize(Volume volume, long size)
    {
        if (volume.Storage is { Full: true, KeepsFiles: false })
        {
            var problem = $"  Insufficient free space: {size >> 22} extents needed, but only 0 available";
            reply.Out(problem);
            throw new CommandFailure(0, $"error resizing volume '{volume.Path}': {problem}");
        }
        if (!volume.Storage.KeepsFiles || !(volume.Storage.KeepsEverything || size > StorageWork.LargestFile))
            return;
        reply.Out(volume.Storage.KeepsEverything
            ? $"qemu-img: Could not open '{volume.Path}': Operation not permitted"
            : "qemu-img: Could not resize file: File too large");
        throw new CommandFailure(
            0,
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"command '/usr/bin/qemu-img resize '--preallocation=off' -f {volume.Format} {volume.Path} {size}' failed: exit code 1"));
    }

    private void Copy(Invocation call, Volume volume, SourceImage image)
    {
        foreach (var line in CopyProgress.Lines(image.VirtualBytes, volume.Storage.Full))
            reply.Out(line);
        if (volume.Storage.Full)
        {
            storages.Free(volume, say: false);
            throw new CommandFailure(
                39,
                $"qemu-img: error while writing at byte {image.VirtualBytes * 27 / 60}: No space left on device",
                $"copy failed: command '/usr/bin/qemu-img convert -p -n -f raw -O raw {call.Words[1]} zeroinit:{volume.Path}' failed: exit code 1");
        }
        volume.Written = image.Digest;
    }

    private static string FormatFor(Storage storage, Invocation call) => storage.KeepsFiles ? call.Value("format") ?? "raw" : "raw";

    private static long NewSize(string size, long old) =>
        size.StartsWith('+') ? old + (ByteSize.Read(size[1..], 1) ?? 0) : ByteSize.Read(size, 1) ?? old;
}
