using System.Globalization;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary>Runs one command line on the node's state.</summary>
internal sealed class NodeCommands(NodeState node, ScriptFiles files)
{
    /// <summary>Runs a command to its end, without any fault.</summary>
    /// <param name="words">The program and its arguments.</param>
    /// <param name="directory">The caller's working directory, for relative paths.</param>
    public Reply Run(IReadOnlyList<string> words, string directory)
    {
        var reply = new Reply();
        try
        {
            Dispatch(words, directory, reply);
        }
        catch (CommandFailure failure)
        {
            foreach (var line in failure.Lines)
                reply.Error(line);
            reply.ExitCode = failure.ExitCode;
        }
        return reply;
    }

    private void Dispatch(IReadOnlyList<string> words, string directory, Reply reply)
    {
        switch (words[0])
        {
            case "qm":
                Qm(words, directory, reply);
                break;
            case "pvesm":
                Storage(words, reply);
                break;
            case "pvesh":
                Pvesh(words, reply);
                break;
            case "pct":
                Pct(words, reply);
                break;
            case "pveversion":
                reply.Out(node.Version);
                break;
            case "lvs":
                foreach (var volume in node.Volumes.Where(v => v.Storage.Kind == StorageKind.LvmThin))
                    reply.Out("  " + volume.Name);
                break;
            default:
                throw new CommandFailure(127, words[0] + ": command not found");
        }
    }

    private void Qm(IReadOnlyList<string> words, string directory, Reply reply)
    {
        if (words.Count < 2)
            throw new CommandFailure(255, "ERROR: no command specified", "USAGE: qm <COMMAND> [ARGS] [OPTIONS]");
        var isPair = words[1] is "disk" or "guest" or "cloudinit";
        if (isPair && words.Count < 3)
            throw new CommandFailure(255, $"ERROR: incomplete command 'qm {words[1]}'");
        var verb = isPair ? words[1] + " " + words[2] : words[1];
        var rest = words.Skip(isPair ? 3 : 2).ToList();
        var life = new QmLifecycle(node, reply);
        Action<IReadOnlyList<string>> run = verb switch
        {
            "create" => new QmCreate(node, reply, files).Run,
            "set" => new QmSet(node, reply, files).Run,
            "importdisk" or "disk import" => a => new QmDisk(node, reply, files).Import(a, directory),
            "resize" or "disk resize" => new QmDisk(node, reply, files).Resize,
            "destroy" => new QmDestroy(node, reply).Run,
            "status" => life.Status,
            "list" => life.List,
            "config" => life.Config,
            "start" => life.Start,
            "stop" => life.Stop,
            "shutdown" => life.Shutdown,
            "unlock" => life.Unlock,
            "sendkey" => life.SendKey,
            "guest cmd" or "agent" => life.GuestCommand,
            "cloudinit update" => _ => reply.Out("generating cloud-init ISO"),
            "help" => _ => reply.Out("USAGE: qm <COMMAND> [ARGS] [OPTIONS]"),
            _ => throw new CommandFailure(255, $"ERROR: unknown command 'qm {verb}'", "USAGE: qm <COMMAND> [ARGS] [OPTIONS]"),
        };
        run(rest);
    }

    private void Storage(IReadOnlyList<string> words, Reply reply)
    {
        var pvesm = new Pvesm(node, reply);
        var verb = words.Count > 1 ? words[1] : throw new CommandFailure(255, "ERROR: no command specified", "USAGE: pvesm <COMMAND> [ARGS] [OPTIONS]");
        Action<IReadOnlyList<string>> run = verb switch
        {
            "alloc" => pvesm.Alloc,
            "free" => pvesm.Free,
            "list" => pvesm.List,
            "status" => pvesm.Status,
            "path" => pvesm.Path,
            _ => throw new CommandFailure(255, $"ERROR: unknown command 'pvesm {verb}'", "USAGE: pvesm <COMMAND> [ARGS] [OPTIONS]"),
        };
        run([.. words.Skip(2)]);
    }

    private void Pvesh(IReadOnlyList<string> words, Reply reply)
    {
        const string usage = "pvesh get <api_path> [OPTIONS] [FORMAT_OPTIONS]";
        if (words is [_, "create", _, ..])
            return;
        if (words is not [_, "get", "/cluster/nextid", ..])
            throw new CommandFailure(1, $"No 'get' handler defined for '{(words.Count > 2 ? words[2] : "")}'");
        var call = new Syntax(usage, 0, "noborder|human-readable", "vmid|output-format").Parse([.. words.Skip(3)]);
        if (call.Value("vmid") is { } wanted)
        {
            var id = int.Parse(wanted, CultureInfo.InvariantCulture);
            if (node.OwnerOf(id) is var (kind, _))
                throw CommandFailure.Usage(usage, "400 Parameter verification failed.", $"vmid: {kind} {wanted} already exists");
            reply.Out(wanted);
            return;
        }
        var next = node.NextId().ToString(CultureInfo.InvariantCulture);
        reply.Out(call.Value("output-format") == "json" ? $"\"{next}\"" : next);
    }

    private void Pct(IReadOnlyList<string> words, Reply reply)
    {
        if (words is not [_, "status", _])
            throw new CommandFailure(255, "ERROR: unknown command 'pct'");
        if (!int.TryParse(words[2], CultureInfo.InvariantCulture, out var id) || !node.Containers.ContainsKey(id))
            throw new CommandFailure(2, $"Configuration file 'nodes/{node.Name}/lxc/{words[2]}.conf' does not exist");
        reply.Out("status: stopped");
    }
}
