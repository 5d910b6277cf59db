using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary>The commands that talk to a guest: keys typed into it, and its agent.</summary>
internal sealed class QmGuest(NodeState node, Reply reply)
{
    public void SendKey(IReadOnlyList<string> arguments)
    {
        var call = new Syntax("qm sendkey <vmid> <key> [OPTIONS]", 2, "skiplock").Parse(arguments);
        var machine = QmLifecycle.Required(node, call.VmId(), 2);
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
            machine.Stop();
    }

    public void GuestCommand(IReadOnlyList<string> arguments)
    {
        var call = new Syntax("qm guest cmd <vmid> <command>", 2).Parse(arguments);
        var machine = QmLifecycle.Required(node, call.VmId(), 2);
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
}
