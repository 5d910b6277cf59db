using System.Globalization;

namespace VmRecovery.SimulatedNode.State;

/// <summary>Everything the node remembers. Not thread-safe: the server holds a lock around every command.</summary>
internal sealed class NodeState
{
    /// <summary>The node's host name.</summary>
    public string Name { get; init; } = "pve";

    /// <summary>What <c>pveversion</c> prints.</summary>
    public string Version { get; init; } = "pve-manager/9.0.11/3bf5476b8a4699e2 (running kernel: 6.14.8-2-pve)";

    public SortedDictionary<int, VirtualMachine> Machines { get; } = [];

    /// <summary>Containers: VMID and name.</summary>
    public SortedDictionary<int, string> Containers { get; } = [];

    public SortedDictionary<string, Storage> Storages { get; } = new(StringComparer.Ordinal);

    public List<Volume> Volumes { get; } = [];

    /// <summary>How many VMs were made so far: each gets identifiers of its own.</summary>
    public int Creations { get; set; }

    /// <summary>VMIDs whose configuration file is locked by another process.</summary>
    public HashSet<int> BusyMachines { get; } = [];

    /// <summary>False: <c>qm start</c> says that virtualisation is not available.</summary>
    public bool KvmAvailable { get; set; } = true;

    /// <summary>What <c>qm guest cmd … network-get-interfaces</c> answers; null when the guest has no agent.</summary>
    public string? GuestInterfaces { get; set; }

    /// <summary>A node as the installer leaves it: <c>local</c> for files, <c>local-lvm</c> for disks.</summary>
    public static NodeState Installed()
    {
        var node = new NodeState();
        node.Add(new Storage("local", StorageKind.Dir) { Content = new(StringComparer.Ordinal) { "iso", "vztmpl", "backup" } });
        node.Add(new Storage("local-lvm", StorageKind.LvmThin));
        return node;
    }

    /// <summary>A node with one storage for disks beside <c>local</c>, of the wanted kind.</summary>
    public static NodeState With(StorageKind kind, string name)
    {
        var node = new NodeState();
        if (name != "local")
            node.Add(new Storage("local", StorageKind.Dir) { Content = new(StringComparer.Ordinal) { "iso", "vztmpl", "backup" } });
        node.Add(new Storage(name, kind));
        return node;
    }

    public Storage Add(Storage storage) => Storages[storage.Name] = storage;

    /// <summary>Puts a VM on the node that is not the script's, with a disk of its own.</summary>
    public VirtualMachine AddForeignMachine(int id, string name, bool running = true)
    {
        var machine = new VirtualMachine(id) { Running = running };
        machine.Config["name"] = name;
        machine.Config["memory"] = "1024";
        machine.Config["net0"] = "virtio=BC:24:11:00:00:01,bridge=vmbr0";
        var storage = Storages.Values.First(s => s.Enabled && s.Active && s.Content.Contains("images"));
        var volume = new Volume(storage, NewVolumeName(storage, id, "raw"), id, "raw") { Bytes = 4L << 30, Written = "foreign" };
        Volumes.Add(volume);
        machine.Config["scsi0"] = volume.Id + ",size=4G";
        machine.Config["boot"] = "order=scsi0";
        return Machines[id] = machine;
    }

    public Volume? Find(string volumeId) => Volumes.Find(v => v.Id == volumeId);

    /// <summary>The lowest VMID from 100 that no VM and no container has.</summary>
    public int NextId()
    {
        var id = 100;
        while (Machines.ContainsKey(id) || Containers.ContainsKey(id))
            id++;
        return id;
    }

    /// <summary>First free <c>vm-ID-disk-N</c>, counting any extension as taken.</summary>
    public string NewVolumeName(Storage storage, int owner, string format)
    {
        for (var n = 0; ; n++)
        {
            var stem = string.Create(CultureInfo.InvariantCulture, $"vm-{owner}-disk-{n}");
            var taken = Volumes.Exists(v => v.Storage == storage && v.Owner == owner
                && (v.BaseName == stem || v.BaseName.StartsWith(stem + ".", StringComparison.Ordinal)));
            if (!taken)
                return storage.KeepsFiles ? string.Create(CultureInfo.InvariantCulture, $"{owner}/{stem}.{format}") : stem;
        }
    }
}
