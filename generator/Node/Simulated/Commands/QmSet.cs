using System.Globalization;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary><c>qm set</c>: prints what it is going to do, then does it or nothing.</summary>
internal sealed class QmSet(NodeState node, Reply reply, ScriptFiles files)
{
    public static readonly Syntax Syntax = new("qm set <vmid> [OPTIONS]", 1, QmOptions.Flags, QmOptions.Values);

    private readonly StorageWork storages = new(node, reply);

    /// <summary>A killed set: the volume is made, the config does not name it.</summary>
    public void LeaveHalf(IReadOnlyList<string> arguments)
    {
        var call = Syntax.Parse(arguments);
        Announce(call);
        var disks = new DiskWork(node, reply, files, Syntax.Usage, inWorker: false);
        foreach (var (key, value) in call.Options.Where(o => DiskWork.IsDisk(o.Key)))
            disks.Apply(call.VmId(), key, value);
    }

    /// <summary>Prints the line that names all options.</summary>
    public void Announce(Invocation call) =>
        reply.Out($"update VM {call.Words[0]}: " + string.Join(' ', call.Options.Where(o => o.Key != "skiplock").Select(o => o.Key switch
        {
            "cipassword" => "-cipassword <hidden>",
            "sshkeys" => "-sshkeys " + Uri.EscapeDataString(o.Value),
            _ => $"-{o.Key} {o.Value}",
        })));

    public void Run(IReadOnlyList<string> arguments)
    {
        var call = Syntax.Parse(arguments);
        var id = call.VmId();
        QmOptions.Normalize(call);
        if (call.Options.Count == 0)
            throw new CommandFailure(2, "no options specified");
        QmOptions.Check(call);
        if (call.Value("sshkeys") is { } keys && !files.Exists(keys))
            throw new CommandFailure(2, $"can't open '{keys}' - No such file or directory");
        var machine = QmLifecycle.Required(node, id, 2);
        var disks = new DiskWork(node, reply, files, Syntax.Usage, inWorker: false);
        foreach (var (key, value) in call.Options.Where(o => DiskWork.IsDisk(o.Key)))
            disks.Check(key, value);
        var deleted = (call.Value("delete") ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries);
        foreach (var key in deleted)
            if (!System.Text.RegularExpressions.Regex.IsMatch(key, $"^(?:{QmOptions.Flags}|{QmOptions.Values})$"))
                throw CommandFailure.LateParameter(Syntax.Usage, $"delete: unknown option '{key}'");
        QmLifecycle.RefuseLock(machine, call, 255);
        if (call.Value("digest") is not null)
            throw new CommandFailure(255, "checksum mismatch (file change by other user?)");
        Announce(call);
        QmLifecycle.WaitForConfigLock(node, id, 4, reply, inWorker: false);
        RefuseSecondCloudInit(machine, call);
        Change(machine, call, disks, deleted);
    }

    private void Change(VirtualMachine machine, Invocation call, DiskWork disks, string[] deleted)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach (var (key, value) in call.Options.Where(o => QmOptions.BelongsToConfig(o.Key)))
                values[key] = DiskWork.IsDisk(key) ? disks.Apply(machine.Id, key, value) : QmOptions.Stored(node, machine, key, value);
            if (values.GetValueOrDefault("boot") is { } boot && boot.StartsWith("order=", StringComparison.Ordinal))
                foreach (var device in boot["order=".Length..].Split(';', StringSplitOptions.RemoveEmptyEntries))
                    if (!values.ContainsKey(device) && !machine.Wanted.Any(c => c.Key == device))
                        throw new CommandFailure(255, $"invalid bootorder: device '{device}' does not exist'");
        }
        catch (CommandFailure)
        {
            disks.Free();
            throw;
        }
        foreach (var key in deleted)
            Delete(machine, key);
        foreach (var (key, value) in values)
        {
            if (machine.Running && !QmOptions.IsHotplugged(key))
            {
                machine.Pending[key] = value;
                continue;
            }
            if (DiskWork.IsDisk(key))
                MakeRoom(machine, key, DiskWork.VolumeIdOf(value));
            machine.Config[key] = value;
        }
        if (values.Keys.Any(k => k.StartsWith("ci", StringComparison.Ordinal) || k.StartsWith("ipconfig", StringComparison.Ordinal) || k == "sshkeys")
            || values.Values.Any(QmOptions.IsCloudInit))
            WriteCloudInit(machine, node, reply);
    }

    /// <summary>Writes the image of a cloud-init drive, if there is one; the drive stays when that fails.</summary>
    public static void WriteCloudInit(VirtualMachine machine, NodeState node, Reply reply)
    {
        if (machine.Wanted.Select(c => c.Value).FirstOrDefault(QmOptions.IsCloudInit) is not { } drive)
            return;
        reply.Out("generating cloud-init ISO");
        if (node.CloudInitFails)
            throw new CommandFailure(
                1,
                "qemu-img: error while writing to output image file: No space left on device",
                $"command 'genisoimage -quiet -iso-level 3 -R -V cidata /tmp/cloudinit | qemu-img dd -n -f raw -O qcow2 'isize=0' 'osize=4194304' 'of={node.Find(DiskWork.VolumeIdOf(drive))?.Path}'' failed: exit code 1");
    }

    private static void RefuseSecondCloudInit(VirtualMachine machine, Invocation call)
    {
        foreach (var (key, value) in call.Options)
            if (value.EndsWith(":cloudinit", StringComparison.Ordinal)
                && machine.Wanted.FirstOrDefault(c => c.Key != key && QmOptions.IsCloudInit(c.Value)) is { Key: { } at })
                throw new CommandFailure(255, $"{key} - cloud-init drive is already attached at '{at}'");
    }

    private void Delete(VirtualMachine machine, string key)
    {
        if (!machine.Config.Remove(key, out var value))
        {
            reply.Error($"cannot delete '{key}' - not set in current configuration!");
            return;
        }
        if (!DiskWork.IsDisk(key) || node.Find(DiskWork.VolumeIdOf(value)) is not { } volume)
            return;
        if (key.StartsWith("unused", StringComparison.Ordinal) || QmOptions.IsCloudInit(volume.Id))
            storages.Free(volume);
        else
            machine.Config[FreeUnused(machine)] = volume.Id;
    }

    private static void MakeRoom(VirtualMachine machine, string key, string volumeId)
    {
        foreach (var unused in machine.Config.Where(c => c.Key.StartsWith("unused", StringComparison.Ordinal) && c.Value == volumeId).ToList())
            machine.Config.Remove(unused.Key);
        if (machine.Config.Remove(key, out var old) && old.Contains(':', StringComparison.Ordinal)
            && DiskWork.VolumeIdOf(old) != volumeId && !old.Contains("media=cdrom", StringComparison.Ordinal))
            machine.Config[FreeUnused(machine)] = DiskWork.VolumeIdOf(old);
    }

    /// <summary>The first free <c>unusedN</c>.</summary>
    public static string FreeUnused(VirtualMachine machine)
    {
        for (var n = 0; ; n++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"unused{n}");
            if (!machine.Config.ContainsKey(key))
                return key;
        }
    }
}
