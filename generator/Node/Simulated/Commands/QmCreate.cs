using System.Globalization;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary><c>qm create</c>: all or nothing, except for an EFI image that did not fit.</summary>
internal sealed class QmCreate(NodeState node, Reply reply, ScriptFiles files)
{
    public static readonly Syntax Syntax = new("qm create <vmid> [OPTIONS]", 1, QmOptions.Flags, QmOptions.Values);

    /// <summary>A killed create: the config is one line, which names no volume.</summary>
    /// <returns>The VM's number; null when it was taken.</returns>
    public int? LeaveLock(IReadOnlyList<string> arguments)
    {
        var id = Syntax.Parse(arguments).VmId();
        if (node.OwnerOf(id) is not null)
            return null;
        var machine = new VirtualMachine(id) { MadeByScript = true };
        machine.Config["lock"] = "create";
        node.Machines[id] = machine;
        return id;
    }

    /// <summary>The volumes that a killed create had made, or that its worker makes until it dies.</summary>
    public void LeaveVolumes(IReadOnlyList<string> arguments, int atMost = int.MaxValue)
    {
        var call = Syntax.Parse(arguments);
        var id = call.VmId();
        var disks = new DiskWork(node, reply, files, Syntax.Usage, inWorker: true);
        foreach (var (key, value) in call.Options.Where(o => DiskWork.IsDisk(o.Key)).Take(atMost))
            disks.Apply(id, key, value);
    }

    /// <summary>The end of a creation whose worker goes on alone: as if nothing had happened.</summary>
    public void Finish(IReadOnlyList<string> arguments)
    {
        if (node.Machines.GetValueOrDefault(Syntax.Parse(arguments).VmId()) is { MadeByScript: true, Lock: "create" } machine)
            node.Machines.Remove(machine.Id);
        Run(arguments);
    }

    public void Run(IReadOnlyList<string> arguments)
    {
        var call = Syntax.Parse(arguments);
        var id = call.VmId();
        QmOptions.Check(call);
        var disks = new DiskWork(node, reply, files, Syntax.Usage, inWorker: true);
        QmOptions.Normalize(call);
        foreach (var (key, value) in call.Options.Where(o => DiskWork.IsDisk(o.Key)))
            disks.Check(key, value);
        if (call.Value("pool") is { } pool)
            throw new CommandFailure(255, $"403 Permission check failed (pool '{pool}' does not exist)");
        WaitForOthers(id);
        if (node.OwnerOf(id) is var (kind, at))
            throw Unable(id, $"{kind} {id} already exists on node '{at}'");
        var machine = new VirtualMachine(id) { MadeByScript = true };
        try
        {
            foreach (var (key, value) in call.Options.Where(o => QmOptions.BelongsToConfig(o.Key)))
                machine.Config[key] = DiskWork.IsDisk(key) ? disks.Apply(id, key, value) : QmOptions.Stored(node, machine, key, value);
        }
        catch (CommandFailure failure)
        {
            disks.Free();
            throw Unable(id, failure.Message);
        }
        if (!machine.Config.ContainsKey("boot"))
            machine.Config["boot"] = DefaultBoot(machine);
        if (machine.Config.Values.Any(QmOptions.IsCloudInit))
            reply.Out("generating cloud-init ISO");
        node.Identify(machine);
        node.Machines[id] = machine;
        if (call.Flag("start"))
        {
            reply.Out("Execute autostart");
            StartQuietly(id);
        }
    }

    // A start that fails is no failure of create: its text comes on stdout.
    private void StartQuietly(int id)
    {
        try
        {
            new QmLifecycle(node, reply).Start([id.ToString(CultureInfo.InvariantCulture)]);
        }
        catch (CommandFailure failure)
        {
            foreach (var line in failure.Lines)
                reply.Out(line);
        }
    }

    private void WaitForOthers(int id)
    {
        if (node.RacedIds.Remove(id))
        {
            reply.Error("trying to acquire lock...");
            reply.Error(" OK");
            node.AddForeignMachine(id, "faster", running: false);
        }
        QmLifecycle.WaitForConfigLock(node, id, 4, reply, inWorker: false, string.Create(CultureInfo.InvariantCulture, $"unable to create VM {id} - "));
    }

    private static CommandFailure Unable(int id, string message) =>
        new(255, string.Create(CultureInfo.InvariantCulture, $"unable to create VM {id} - {message}"));

    private static string DefaultBoot(VirtualMachine machine)
    {
        var disks = machine.Config.Where(c => DiskWork.IsDisk(c.Key) && c.Key is not ("efidisk0" or "tpmstate0")).ToList();
        var order = disks.Where(d => !d.Value.Contains("media=cdrom", StringComparison.Ordinal)).Select(d => d.Key).Take(1)
            .Concat(disks.Where(d => d.Value.Contains("media=cdrom", StringComparison.Ordinal)).Select(d => d.Key).Take(1))
            .Concat(machine.Config.Keys.Where(k => k.StartsWith("net", StringComparison.Ordinal)).Take(1))
            .ToList();
        return order.Count == 0 ? "" : "order=" + string.Join(';', order);
    }
}
