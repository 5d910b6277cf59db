using System.Globalization;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary><c>qm clone</c> and <c>qm template</c>.</summary>
internal sealed class QmClone(NodeState node, Reply reply)
{
    public static readonly Syntax CloneSyntax =
        new("qm clone <vmid> <newid> [OPTIONS]", 2, "full", "name|storage|format|description|pool|snapname|target|bwlimit");

    public static readonly Syntax TemplateSyntax = new("qm template <vmid> [OPTIONS]", 1, "", "disk");

    private readonly StorageWork storages = new(node, reply);

    /// <summary>Copies a VM; a template's disks are shared with the copy unless <c>--full</c> is given.</summary>
    public void Clone(IReadOnlyList<string> arguments)
    {
        var call = CloneSyntax.Parse(arguments);
        var (source, id) = (QmLifecycle.Required(node, call.VmId(), 2), call.VmId(1));
        QmLifecycle.RefuseLock(source, call, 255);
        if (node.OwnerOf(id) is not null)
            throw new CommandFailure(255, string.Create(CultureInfo.InvariantCulture, $"unable to create VM {id}: config file already exists"));
        var isLinked = source.IsTemplate && !call.Flag("full");
        if (isLinked && call.Value("storage") is not null)
            throw CommandFailure.LateParameter(CloneSyntax.Usage, "storage: parameter not allowed for linked clones");
        var machine = new VirtualMachine(id) { MadeByScript = true };
        var made = new List<Volume>();
        try
        {
            foreach (var (key, value) in source.Config.Where(c => c.Key is not ("template" or "lock") && !c.Key.StartsWith("unused", StringComparison.Ordinal)))
                machine.Config[key] = DiskWork.IsDisk(key) ? Copy(key, value, id, isLinked, call, made) : value;
        }
        catch (CommandFailure failure)
        {
            foreach (var volume in made)
                storages.Free(volume, say: false);
            throw new CommandFailure(255, "clone failed: " + failure.Message);
        }
        machine.Config["name"] = call.Value("name") ?? "Copy-of-" + source.Name;
        node.Identify(machine);
        node.Machines[id] = machine;
    }

    /// <summary>Makes a VM a template: its disks become base volumes.</summary>
    public void Template(IReadOnlyList<string> arguments)
    {
        var call = TemplateSyntax.Parse(arguments);
        var machine = QmLifecycle.Required(node, call.VmId(), 2);
        QmLifecycle.RefuseLock(machine, call, 255);
        if (machine.Running)
            throw new CommandFailure(255, "you can't convert a VM to template if VM is running");
        if (machine.IsTemplate)
            throw new CommandFailure(255, "you can't convert a template to a template");
        foreach (var (key, value) in machine.Config.ToList())
            if (DiskWork.IsDisk(key) && node.Find(DiskWork.VolumeIdOf(value)) is { } volume && !QmOptions.IsCloudInit(value))
                machine.Config[key] = Rename(volume).Id + value[volume.Id.Length..];
        machine.Config["template"] = "1";
    }

    private string Copy(string key, string value, int id, bool isLinked, Invocation call, List<Volume> made)
    {
        if (node.Find(DiskWork.VolumeIdOf(value)) is not { } old)
            return value;
        var storage = storages.Active(call.Value("storage") ?? old.Storage.Name);
        var isCloudInit = QmOptions.IsCloudInit(value);
        var format = storage.KeepsFiles ? call.Value("format") ?? old.Format : "raw";
        reply.Out($"create {(isLinked && !isCloudInit ? "linked" : "full")} clone of drive {key} ({old.Id})");
        var name = isCloudInit ? string.Create(CultureInfo.InvariantCulture, $"vm-{id}-cloudinit") + (storage.KeepsFiles ? ".qcow2" : "") : null;
        var volume = storages.Allocate(storage, id, name, old.Bytes, format, inWorker: true, isLinked && !isCloudInit ? old : null);
        made.Add(volume);
        if (!isLinked && !isCloudInit)
            foreach (var line in CopyProgress.Lines(old.Bytes, storage.Full))
                reply.Out(line);
        if (storage.Full)
            throw new CommandFailure(255, $"copy failed: command '/usr/bin/qemu-img convert -p -n -f raw -O raw {old.Path} zeroinit:{volume.Path}' failed: exit code 1");
        volume.Written = old.Written;
        return volume.Id + value[old.Id.Length..];
    }

    private Volume Rename(Volume volume)
    {
        var renamed = volume with { Name = volume.Name.Replace("vm-", "base-", StringComparison.Ordinal) };
        node.Volumes[node.Volumes.IndexOf(volume)] = renamed;
        return renamed;
    }
}
