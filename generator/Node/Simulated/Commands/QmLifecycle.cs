using System.Globalization;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary>The commands that ask about a VM, run it and talk to its guest.</summary>
internal sealed class QmLifecycle(NodeState node, Reply reply)
{
    public static VirtualMachine Required(NodeState node, int id, int exitCode) =>
        node.Machines.GetValueOrDefault(id) ?? throw new CommandFailure(
            exitCode, string.Create(CultureInfo.InvariantCulture, $"Configuration file 'nodes/{node.Name}/qemu-server/{id}.conf' does not exist"));

    public static void RefuseLock(VirtualMachine machine, Invocation call, int exitCode)
    {
        if (machine.Lock is { } held && !call.Flag("skiplock"))
            throw new CommandFailure(exitCode, $"VM is locked ({held})");
    }

    /// <summary>Fails as after the time limit when another process holds the configuration's lock.</summary>
    public static void WaitForConfigLock(NodeState node, int id, int exitCode, Reply reply, bool inWorker, string prefix = "")
    {
        if (!node.BusyMachines.Contains(id))
            return;
        (inWorker ? (Action<string>)reply.Out : reply.Error)("trying to acquire lock...");
        throw new CommandFailure(
            exitCode,
            prefix + string.Create(CultureInfo.InvariantCulture, $"can't lock file '/var/lock/qemu-server/lock-{id}.conf' - got timeout"));
    }

    public void Status(IReadOnlyList<string> arguments)
    {
        var call = new Syntax("qm status <vmid> [OPTIONS]", 1, "verbose").Parse(arguments);
        var machine = Required(node, call.VmId(), 2);
        var state = machine.Running ? "running" : "stopped";
        if (call.Flag("verbose"))
        {
            reply.Out("name: " + machine.Name);
            reply.Out("qmpstatus: " + state);
        }
        reply.Out("status: " + state);
        if (call.Flag("verbose"))
            reply.Out("vmid: " + call.Words[0]);
    }

    public void List(IReadOnlyList<string> arguments)
    {
        _ = new Syntax("qm list  [OPTIONS]", 0, "full").Parse(arguments);
        if (node.Machines.Count == 0)
            return;
        reply.Out("      VMID NAME                 STATUS     MEM(MB)    BOOTDISK(GB) PID       ");
        foreach (var machine in node.Machines.Values)
        {
            var first = machine.Config.GetValueOrDefault("boot")?.Replace("order=", "", StringComparison.Ordinal).Split(';')[0] ?? "";
            var size = machine.Config.GetValueOrDefault(first)?.Split(',').FirstOrDefault(p => p.StartsWith("size=", StringComparison.Ordinal));
            var gib = size is null ? 0 : (ByteSize.Read(size[5..], 1) ?? 0) / (double)(1L << 30);
            reply.Out(string.Create(
                CultureInfo.InvariantCulture,
                $"{machine.Id,10} {machine.Name,-20} {(machine.Running ? "running" : "stopped"),-10} {machine.Config.GetValueOrDefault("memory") ?? "512",-10} {gib,12:0.00} {(machine.Running ? 4000 + machine.Id : 0),-10}"));
        }
    }

    public void Config(IReadOnlyList<string> arguments)
    {
        var call = new Syntax("qm config <vmid> [OPTIONS]", 1, "current", "snapshot").Parse(arguments);
        foreach (var (key, value) in Required(node, call.VmId(), 2).Config)
            reply.Out($"{key}: {(key == "description" ? Uri.EscapeDataString(value) : key == "cipassword" ? "**********" : value)}");
    }

    public void Start(IReadOnlyList<string> arguments)
    {
        var call = new Syntax("qm start <vmid> [OPTIONS]", 1, "skiplock", "timeout|machine|stateuri").Parse(arguments);
        var machine = Required(node, call.VmId(), 255);
        RefuseLock(machine, call, 255);
        if (machine.Running)
            throw new CommandFailure(255, $"VM {call.Words[0]} already running");
        WaitForConfigLock(node, machine.Id, 255, reply, inWorker: true);
        foreach (var (key, value) in machine.Config)
            if (DiskWork.IsDisk(key) && !key.StartsWith("unused", StringComparison.Ordinal))
                CheckDisk(DiskWork.VolumeIdOf(value));
            else if (value.Contains("bridge=nosuch", StringComparison.Ordinal))
                throw new CommandFailure(255, "bridge 'nosuch' does not exist");
        if (!node.KvmAvailable)
            throw new CommandFailure(
                255, "KVM virtualisation configured, but not available. Either disable in VM configuration or enable in BIOS.");
        machine.Running = true;
    }

    public void Stop(IReadOnlyList<string> arguments)
    {
        var call = new Syntax("qm stop <vmid> [OPTIONS]", 1, "skiplock|keepActive|overrule-shutdown", "timeout").Parse(arguments);
        var machine = node.Machines.GetValueOrDefault(call.VmId())
            ?? throw new CommandFailure(255, $"unable to find configuration file for VM {call.Words[0]} on node '{node.Name}'");
        WaitForConfigLock(node, machine.Id, 255, reply, inWorker: true);
        machine.Running = false;
    }

    public void Shutdown(IReadOnlyList<string> arguments)
    {
        var call = new Syntax("qm shutdown <vmid> [OPTIONS]", 1, "skiplock|keepActive|forceStop", "timeout").Parse(arguments);
        var machine = Required(node, call.VmId(), 255);
        if (!machine.Running)
        {
            reply.Error($"VM {call.Words[0]} not running");
            reply.Error("");
        }
        machine.Running = false;
    }

    public void Unlock(IReadOnlyList<string> arguments)
    {
        var machine = Required(node, new Syntax("qm unlock <vmid>", 1).Parse(arguments).VmId(), 2);
        WaitForConfigLock(node, machine.Id, 4, reply, inWorker: false);
        machine.Config.Remove("lock");
    }

    public void SendKey(IReadOnlyList<string> arguments)
    {
        var call = new Syntax("qm sendkey <vmid> <key> [OPTIONS]", 2, "skiplock").Parse(arguments);
        var machine = Required(node, call.VmId(), 2);
        if (!machine.Running)
            throw new CommandFailure(2, $"VM {call.Words[0]} not running");
        var key = call.Words[1];
        if (key is "bogus")
            throw new CommandFailure(29, "invalid parameter: " + key);
        if (key != "ret")
        {
            machine.TypedKeys.Append(key switch
            {
                "spc" => " ",
                "dot" => ".",
                "minus" => "-",
                "slash" => "/",
                { Length: 1 } => key,
                _ => "<" + key + ">",
            });
            return;
        }
        var line = machine.TypedKeys.ToString();
        machine.TypedKeys.Clear();
        machine.TypedLines.Add(line);
        if (line is "poweroff" or "halt")
            machine.Running = false;
    }

    public void GuestCommand(IReadOnlyList<string> arguments)
    {
        var call = new Syntax("qm guest cmd <vmid> <command>", 2).Parse(arguments);
        var machine = Required(node, call.VmId(), 2);
        if (call.Words[1] is not ("ping" or "network-get-interfaces" or "get-osinfo" or "info" or "shutdown"))
            throw CommandFailure.Parameter(
                "qm guest cmd <vmid> <command>", $"command: value '{call.Words[1]}' does not have a value in the enumeration 'fsfreeze-freeze, ...'");
        if (!machine.Running)
            throw new CommandFailure(2, $"VM {call.Words[0]} is not running");
        if (machine.Config.GetValueOrDefault("agent") is not { } agent || !(agent.StartsWith('1') || agent.Contains("enabled=1", StringComparison.Ordinal)))
            throw new CommandFailure(255, "No QEMU guest agent configured");
        if (node.GuestInterfaces is null)
            throw new CommandFailure(29, "QEMU guest agent is not running");
        if (call.Words[1] == "network-get-interfaces")
            reply.Out(node.GuestInterfaces);
    }

    private void CheckDisk(string volumeId)
    {
        var colon = volumeId.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || volumeId.StartsWith('/') || volumeId.Contains(":iso/", StringComparison.Ordinal))
            return;
        new StorageWork(node, reply).Active(volumeId[..colon]);
        if (node.Find(volumeId) is null)
            throw new CommandFailure(255, $"volume '{volumeId}' does not exist");
    }
}
