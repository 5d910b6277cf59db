using System.Globalization;

namespace VmRecovery.Node.Simulated.State;

/// <summary>Everything the node remembers. Not thread-safe: the server holds a lock around every command.</summary>
internal sealed class NodeState
{
    /// <summary>The node's host name.</summary>
    public string Name { get; init; } = "pve";

    /// <summary>The host name of the cluster's other node.</summary>
    public string OtherName { get; init; } = "other";

    /// <summary>True for Proxmox VE 8, whose commands differ in some lines and exit codes.</summary>
    public bool IsVersion8 => Version.StartsWith("pve-manager/8", StringComparison.Ordinal);

    /// <summary>What <c>pveversion</c> prints.</summary>
    public string Version { get; init; } = "pve-manager/9.0.11/3bf5476b8a4699e2 (running kernel: 6.14.8-2-pve)";

    public SortedDictionary<int, VirtualMachine> Machines { get; } = [];

    /// <summary>Containers: VMID and name.</summary>
    public SortedDictionary<int, string> Containers { get; } = [];

    /// <summary>VMs of the cluster's other node, of which this one knows only the configuration.</summary>
    public SortedDictionary<int, VirtualMachine> Elsewhere { get; } = [];

    public SortedDictionary<string, Storage> Storages { get; } = new(StringComparer.Ordinal);

    public List<Volume> Volumes { get; } = [];

    /// <summary>How many VMs were made so far: each gets identifiers of its own.</summary>
    public int Creations { get; set; }

    /// <summary>VMIDs whose configuration file is locked by another process.</summary>
    public HashSet<int> BusyMachines { get; } = [];

    /// <summary>VMIDs whose configuration file another process unlocks while a command waits.</summary>
    public HashSet<int> BrieflyBusyMachines { get; } = [];

    /// <summary>Storages that another process keeps locked.</summary>
    public HashSet<string> BusyStorages { get; } = new(StringComparer.Ordinal);

    /// <summary>VMIDs that another <c>qm create</c> takes while this one waits for the lock.</summary>
    public HashSet<int> RacedIds { get; } = [];

    /// <summary>False: <c>qm start</c> says that virtualisation is not available.</summary>
    public bool KvmAvailable { get; set; } = true;

    /// <summary>True: virtualisation is there, but QEMU ends with an error.</summary>
    public bool KvmBroken { get; set; }

    /// <summary>True: a guest does not end when it is asked to.</summary>
    public bool GuestIgnoresShutdown { get; set; }

    /// <summary>True: the image of a cloud-init drive cannot be written, though its volume is made.</summary>
    public bool CloudInitFails { get; set; }

    /// <summary>False: the commands are run by somebody who is not root.</summary>
    public bool CallerIsRoot { get; set; } = true;

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
        machine.Config["scsi0"] = AddForeignVolume(storage, id).Id + ",size=4G";
        machine.Config["boot"] = "order=scsi0";
        Identify(machine);
        return Machines[id] = machine;
    }

    /// <summary>Puts a VM on the cluster's other node; its disk is seen here where both nodes share a storage.</summary>
    public VirtualMachine AddMachineElsewhere(int id, string name)
    {
        var machine = new VirtualMachine(id) { Running = true };
        machine.Config["name"] = name;
        machine.Config["memory"] = "1024";
        if (Storages.Values.FirstOrDefault(s => s.IsShared && s.Content.Contains("images")) is { } storage)
            machine.Config["scsi0"] = AddForeignVolume(storage, id).Id + ",size=4G";
        Identify(machine);
        return Elsewhere[id] = machine;
    }

    /// <summary>Puts a container on the node, with a disk of its own.</summary>
    public void AddForeignContainer(int id, string name)
    {
        Containers[id] = name;
        AddForeignVolume(Storages.Values.First(s => s.Enabled && s.Active && s.Content.Contains("rootdir")), id);
    }

    /// <summary>Puts a backup of an earlier VM, a snippet and an image of somebody on the storages that keep files.</summary>
    public void AddFilesOfOthers(int owner)
    {
        foreach (var storage in Storages.Values.Where(s => s.KeepsFiles))
        {
            storage.Content.UnionWith(["backup", "snippets", "import"]);
            var names = (string[])[
                string.Create(CultureInfo.InvariantCulture, $"backup/vzdump-qemu-{owner}-2026_01_01-00_00_00.vma.zst"),
                string.Create(CultureInfo.InvariantCulture, $"snippets/vm-{owner}-user.yaml"),
                string.Create(CultureInfo.InvariantCulture, $"import/vm-{owner}-disk-0.qcow2")];
            foreach (var name in names)
                Volumes.Add(new Volume(storage, name, 0, Path.GetExtension(name)[1..])
                {
                    Bytes = 4096,
                    Written = "foreign",
                    FileContent = name[..name.IndexOf('/', StringComparison.Ordinal)],
                });
        }
    }

    /// <summary>The clock that tells when a VM was made.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What Proxmox writes into every VM that it makes, and that no two have in common.</summary>
    public void Identify(VirtualMachine machine)
    {
        machine.Config["vmgenid"] = NewGeneration();
        var number = Creations;
        // Other people's VMs are as old in every run: nodes are compared.
        var made = machine.MadeByScript ? Clock.GetUtcNow().ToUnixTimeSeconds() : 1700000000 + number;
        machine.Config["meta"] = string.Create(CultureInfo.InvariantCulture, $"creation-qemu=10.0.2,ctime={made}");
        machine.Config["smbios1"] = string.Create(CultureInfo.InvariantCulture, $"uuid=00000000-0000-4000-8000-{number:D12}");
    }

    /// <summary>A generation id that no VM has.</summary>
    public string NewGeneration() => string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-9000-{++Creations:D12}");

    private Volume AddForeignVolume(Storage storage, int owner)
    {
        var volume = new Volume(storage, NewVolumeName(storage, owner, "raw"), owner, "raw") { Bytes = 4L << 30, Written = "foreign" };
        Volumes.Add(volume);
        return volume;
    }

    public Volume? Find(string volumeId) => Volumes.Find(v => v.Id == volumeId);

    /// <summary>The lowest VMID from 100 that no VM and no container has.</summary>
    public int NextId()
    {
        var id = 100;
        while (OwnerOf(id) is not null)
            id++;
        return id;
    }

    /// <summary>Which guest of the cluster has a VMID, <c>VM</c> or <c>CT</c>, and on which node; null when it is free.</summary>
    public (string Kind, string Node)? OwnerOf(int id) =>
        Machines.ContainsKey(id) ? ("VM", Name)
        : Containers.ContainsKey(id) ? ("CT", Name)
        : Elsewhere.ContainsKey(id) ? ("VM", OtherName)
        : null;

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
