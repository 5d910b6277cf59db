using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary><c>qm destroy</c>: takes what the config names and the VM owns, more only with its flag.</summary>
internal sealed class QmDestroy(NodeState node, Reply reply)
{
    public static readonly Syntax Syntax = new("qm destroy <vmid> [OPTIONS]", 1, "purge|skiplock|destroy-unreferenced-disks");

    private readonly StorageWork storages = new(node, reply);
    private int warnings;

    /// <summary>A killed or interrupted destroy: the first volume goes or stays, the config accordingly.</summary>
    public void LeaveHalf(IReadOnlyList<string> arguments)
    {
        if (node.Machines.GetValueOrDefault(Syntax.Parse(arguments).VmId()) is { } machine && Owned(machine).FirstOrDefault() is { } volume)
            storages.Free(volume);
    }

    /// <summary>An interrupted destroy: one volume stays, everything else goes.</summary>
    public void LeaveVolume(IReadOnlyList<string> arguments)
    {
        if (node.Machines.GetValueOrDefault(Syntax.Parse(arguments).VmId()) is not { } machine || machine.Running || machine.Lock is not null)
            return;
        foreach (var volume in Owned(machine).Skip(1))
            storages.Free(volume);
        if (Owned(machine).FirstOrDefault() is { } kept)
            Warn($"Could not remove disk '{kept.Id}', check manually: lvremove '{kept.Name}' error: received interrupt");
        node.Machines.Remove(machine.Id);
        Finish();
    }

    public void Run(IReadOnlyList<string> arguments)
    {
        var call = Syntax.Parse(arguments);
        var machine = QmLifecycle.Required(node, call.VmId(), 2);
        if (machine.Config.GetValueOrDefault("protection") == "1")
            throw new CommandFailure(255, $"can't remove VM {machine.Id} - protection mode enabled");
        QmLifecycle.RefuseLock(machine, call, 255);
        if (machine.Running)
            throw new CommandFailure(25, $"VM {machine.Id} is running - destroy failed");
        QmLifecycle.WaitForConfigLock(node, machine.Id, 255, reply, inWorker: true);
        if (machine.IsTemplate)
            RefuseLinkedClones(machine);
        foreach (var (key, value) in machine.Wanted)
            if (DiskWork.IsDisk(key) && !value.StartsWith('/'))
                FreeReferenced(machine, DiskWork.VolumeIdOf(value));
        // Version 8 stops here, with the VM's own volumes gone.
        if (node.IsVersion8 && machine.Config.Where(c => DiskWork.IsDisk(c.Key)).Select(c => UnknownStorage(c.Value)).FirstOrDefault(s => s is not null) is { } unknown)
            throw new CommandFailure(255, $"storage '{unknown}' does not exist");
        if (call.Flag("destroy-unreferenced-disks"))
        {
            var usable = node.Storages.Values.Where(s => s.Enabled && s.Content.Contains("images")).ToList();
            if (usable.Find(s => !s.Active) is { } gone)
                throw new CommandFailure(255, StorageWork.NotMounted(gone));
            foreach (var volume in node.Volumes.Where(v => v.Owner == machine.Id && usable.Contains(v.Storage)).ToList())
                Free(volume);
        }
        if (call.Flag("purge"))
            reply.Out($"purging VM {machine.Id} from related configurations..");
        node.Machines.Remove(machine.Id);
        Finish();
    }

    private void RefuseLinkedClones(VirtualMachine machine)
    {
        foreach (var volume in Owned(machine))
            if (node.Volumes.Exists(v => v.Base == volume))
                throw new CommandFailure(255, $"base volume '{volume.Id}' is still in use by linked cloned");
    }

    private List<Volume> Owned(VirtualMachine machine) => [.. machine.Config
        .Where(c => DiskWork.IsDisk(c.Key)).Select(c => node.Find(DiskWork.VolumeIdOf(c.Value)))
        .OfType<Volume>().Where(v => v.Owner == machine.Id).Distinct()];

    private void FreeReferenced(VirtualMachine machine, string volumeId)
    {
        if (node.Find(volumeId) is { } volume)
        {
            if (volume.Owner == machine.Id)
                Free(volume);
            return;
        }
        var colon = volumeId.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || volumeId.Contains(":iso/", StringComparison.Ordinal))
            return;
        if (!node.Storages.TryGetValue(volumeId[..colon], out var storage))
        {
            // Version 8 fails at it later.
            if (!node.IsVersion8)
                Warn($"failed to get path and owner of volume '{volumeId}': storage '{volumeId[..colon]}' does not exist");
        }
        else if (storage.KeepsFiles)
            reply.Out($"disk image '{Volume.PathOf(storage, volumeId[(colon + 1)..])}' does not exist");
    }

    // The storage that a disk names and the node does not know; null for any other.
    private string? UnknownStorage(string value) =>
        value.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && !node.Storages.ContainsKey(value[..colon]) ? value[..colon] : null;

    private void Free(Volume volume)
    {
        if (storages.Free(volume) is { } problem)
            Warn($"Could not remove disk '{volume.Id}', check manually: {problem}");
    }

    private void Warn(string text)
    {
        if (!node.IsVersion8)
            warnings++;
        reply.Out(node.IsVersion8 ? text : "WARN: " + text);
    }

    private void Finish()
    {
        if (warnings > 0)
            reply.Error($"Task finished with {warnings} warning(s)!");
    }
}
