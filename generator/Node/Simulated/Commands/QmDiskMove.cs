using System.Globalization;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary><c>qm disk move</c>, <c>qm disk rescan</c> and <c>qm disk unlink</c>, with their older names.</summary>
internal sealed class QmDiskMove(NodeState node, Reply reply)
{
    public static readonly Syntax MoveSyntax = new("qm disk move <vmid> <disk> [<storage>] [OPTIONS]", 3, "delete", "format|bwlimit|digest|target-disk|target-vmid");

    public static readonly Syntax RescanSyntax = new("qm disk rescan  [OPTIONS]", 0, "dryrun", "vmid");

    public static readonly Syntax UnlinkSyntax = new("qm disk unlink <vmid> --idlist <string> [OPTIONS]", 1, "force", "idlist");

    private readonly StorageWork storages = new(node, reply);

    /// <summary>Copies a disk to another storage; the old volume becomes unused, or goes with <c>--delete</c>.</summary>
    public void Move(IReadOnlyList<string> arguments)
    {
        var call = MoveSyntax.Parse(arguments);
        var machine = QmLifecycle.Required(node, call.VmId(), 2);
        QmLifecycle.RefuseLock(machine, call, 255);
        QmLifecycle.WaitForConfigLock(node, machine.Id, 255, reply, inWorker: true);
        var key = call.Words[1];
        if (!machine.Config.TryGetValue(key, out var value))
            throw new CommandFailure(255, $"disk '{key}' does not exist");
        var old = node.Find(DiskWork.VolumeIdOf(value)) ?? throw new CommandFailure(255, $"volume '{DiskWork.VolumeIdOf(value)}' does not exist");
        var storage = storages.Active(call.Words[2]);
        reply.Out($"create full clone of drive {key} ({old.Id})");
        var volume = storages.Allocate(storage, machine.Id, null, old.Bytes, storage.KeepsFiles ? call.Value("format") ?? "raw" : "raw", inWorker: true);
        foreach (var line in CopyProgress.Lines(old.Bytes, storage.Full))
            reply.Out(line);
        if (storage.Full)
        {
            reply.Out("qemu-img: error while writing at byte 0: No space left on device");
            storages.Free(volume, say: false);
            throw new CommandFailure(
                255, $"storage migration failed: copy failed: command '/usr/bin/qemu-img convert -p -n -f raw -O raw {old.Path} zeroinit:{volume.Path}' failed: exit code 1");
        }
        volume.Written = old.Written;
        machine.Config[key] = volume.Id + value[old.Id.Length..];
        if (call.Flag("delete"))
            storages.Free(old);
        else
            machine.Config[QmSet.FreeUnused(machine)] = old.Id;
    }

    /// <summary>Names volumes that a VM owns and its configuration does not name as unused.</summary>
    public void Rescan(IReadOnlyList<string> arguments)
    {
        var call = RescanSyntax.Parse(arguments);
        reply.Out("rescan volumes...");
        foreach (var machine in node.Machines.Values.Where(m => call.Value("vmid") is not { } id || m.Id.ToString(CultureInfo.InvariantCulture) == id))
            foreach (var volume in node.Volumes.Where(v => v.Owner == machine.Id && v.FileContent is null && v.Storage.Content.Contains("images")))
                if (!machine.Wanted.Any(c => DiskWork.VolumeIdOf(c.Value) == volume.Id))
                    NameUnused(machine, volume, call.Flag("dryrun"));
    }

    /// <summary>Takes disks out of a configuration; with <c>--force</c> their volumes go.</summary>
    public void Unlink(IReadOnlyList<string> arguments)
    {
        var call = UnlinkSyntax.Parse(arguments);
        var machine = QmLifecycle.Required(node, call.VmId(), 2);
        QmLifecycle.RefuseLock(machine, call, 255);
        foreach (var key in (call.Value("idlist") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            reply.Out($"update VM {machine.Id}: -delete {key}{(call.Flag("force") ? " -force 1" : "")}");
            if (!machine.Config.Remove(key, out var value) || node.Find(DiskWork.VolumeIdOf(value)) is not { } volume)
                continue;
            if (call.Flag("force") || key.StartsWith("unused", StringComparison.Ordinal))
                storages.Free(volume);
            else
                machine.Config[QmSet.FreeUnused(machine)] = volume.Id;
        }
    }

    private void NameUnused(VirtualMachine machine, Volume volume, bool dry)
    {
        var key = QmSet.FreeUnused(machine);
        reply.Out($"VM {machine.Id} add unreferenced volume '{volume.Id}' as '{key}' to config");
        if (!dry)
            machine.Config[key] = volume.Id;
    }
}
