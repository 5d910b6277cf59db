using System.Globalization;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary>The commands that ask about VMs and change nothing.</summary>
internal sealed class QmQueries(NodeState node, Reply reply)
{
    public void Status(IReadOnlyList<string> arguments)
    {
        var call = new Syntax("qm status <vmid> [OPTIONS]", 1, "verbose").Parse(arguments);
        var machine = QmLifecycle.Required(node, call.VmId(), 2);
        var state = machine.Running ? "running" : "stopped";
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["status"] = state };
        if (call.Flag("verbose"))
        {
            (all["name"], all["qmpstatus"], all["vmid"]) = (machine.Name, state, call.Words[0]);
            (all["cpus"], all["disk"], all["mem"], all["uptime"]) = (machine.Config.GetValueOrDefault("cores") ?? "1", "0", "0", "0");
            if (!node.IsVersion8)
                all["memhost"] = "0";
        }
        foreach (var (key, value) in all)
            reply.Out($"{key}: {value}");
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
        foreach (var (key, value) in QmLifecycle.Required(node, call.VmId(), 2).Wanted)
            reply.Out($"{key}: {(key == "description" ? VirtualMachine.Encode(value) : key == "cipassword" ? "**********" : value)}");
    }
}
