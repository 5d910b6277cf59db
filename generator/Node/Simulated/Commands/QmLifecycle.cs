using System.Globalization;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary>The commands that start and end a VM, and the locks that they wait for.</summary>
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
        Action<string> say = inWorker ? reply.Out : reply.Error;
        if (node.BrieflyBusyMachines.Remove(id))
        {
            say("trying to acquire lock...");
            say(" OK");
        }
        if (!node.BusyMachines.Contains(id))
            return;
        say("trying to acquire lock...");
        throw new CommandFailure(
            exitCode,
            prefix + string.Create(CultureInfo.InvariantCulture, $"can't lock file '/var/lock/qemu-server/lock-{id}.conf' - got timeout"));
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
                throw NoBridge("nosuch", key);
        if (machine.IsTemplate)
            throw new CommandFailure(255, "you can't start a vm if it's a template");
        if (machine.Config.GetValueOrDefault("kvm") != "0")
            RequireKvm();
        machine.Running = true;
    }

    private CommandFailure NoBridge(string bridge, string key)
    {
        if (!node.IsVersion8)
            return new CommandFailure(255, $"bridge '{bridge}' does not exist");
        reply.Out($"kvm: -netdev type=tap,id={key},ifname=tap0i0,script=/var/lib/qemu-server/pve-bridge: network script /var/lib/qemu-server/pve-bridge failed with status 512");
        return new CommandFailure(255, "start failed: QEMU exited with code 1");
    }

    private void RequireKvm()
    {
        if (!node.KvmAvailable)
            throw new CommandFailure(
                255, "KVM virtualisation configured, but not available. Either disable in VM configuration or enable in BIOS.");
        if (!node.KvmBroken)
            return;
        reply.Out("kvm: Host doesn't support requested features");
        reply.Out("kvm: error: failed to set MSR 0x10a to 0x69");
        throw new CommandFailure(255, "start failed: QEMU exited with code 1");
    }

    public void Stop(IReadOnlyList<string> arguments)
    {
        var call = new Syntax("qm stop <vmid> [OPTIONS]", 1, "skiplock|keepActive|overrule-shutdown", "timeout").Parse(arguments);
        var machine = node.Machines.GetValueOrDefault(call.VmId())
            ?? throw new CommandFailure(255, $"unable to find configuration file for VM {call.Words[0]} on node '{node.Name}'");
        WaitForConfigLock(node, machine.Id, 255, reply, inWorker: true);
        machine.Stop();
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
        else if (node.GuestIgnoresShutdown)
            Terminate(machine, call.Flag("forceStop"));
        machine.Stop();
    }

    private void Terminate(VirtualMachine machine, bool force)
    {
        if (machine.Config.GetValueOrDefault("agent") is { } agent && agent[0] == '1')
            reply.Out($"QEMU Guest Agent is not running - VM {machine.Id} qga command 'guest-ping' failed - got timeout");
        if (!force)
            throw new CommandFailure(255, "VM quit/powerdown failed - got timeout");
        reply.Out("VM still running - terminating now with SIGTERM");
    }

    public void Reboot(IReadOnlyList<string> arguments) =>
        Restart(RequireRunning(new Syntax("qm reboot <vmid> [OPTIONS]", 1, "", "timeout").Parse(arguments)));

    public void Reset(IReadOnlyList<string> arguments) =>
        RequireRunning(new Syntax("qm reset <vmid> [OPTIONS]", 1, "skiplock").Parse(arguments));

    private static void Restart(VirtualMachine machine)
    {
        machine.Stop();
        machine.Running = true;
    }

    private VirtualMachine RequireRunning(Invocation call)
    {
        var machine = Required(node, call.VmId(), 255);
        return machine.Running ? machine : throw new CommandFailure(2, $"VM {machine.Id} not running");
    }

    public void Unlock(IReadOnlyList<string> arguments)
    {
        var machine = Required(node, new Syntax("qm unlock <vmid>", 1).Parse(arguments).VmId(), 2);
        WaitForConfigLock(node, machine.Id, 4, reply, inWorker: false);
        machine.Config.Remove("lock");
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
