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
            RequireRoot();
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

    private void RequireRoot()
    {
        if (!node.CallerIsRoot)
            throw new CommandFailure(
                255,
                "ipcc_send_rec[1] failed: Unknown error -1",
                "ipcc_send_rec[2] failed: Unknown error -1",
                "ipcc_send_rec[3] failed: Unknown error -1",
                "Unable to load access control list: Unknown error -1");
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
                new Pvesh(this, node, reply).Run(words);
                break;
            case "pct":
                Pct(words, reply);
                break;
            case "pveversion":
                reply.Out(node.Version);
                break;
            case "lvs":
                foreach (var volume in node.Volumes.Where(v => v.Storage.IsLvm))
                    reply.Out("  " + volume.Name);
                break;
            default:
                throw new CommandFailure(127, words[0] + ": command not found");
        }
    }

    private void Qm(IReadOnlyList<string> words, string directory, Reply reply)
    {
        if (words.Count < 2)
            throw new CommandFailure(255, ["ERROR: no command specified", .. QmHelp.Lines]);
        var isPair = words[1] is "disk" or "guest" or "cloudinit";
        if (isPair && words.Count < 3)
            throw new CommandFailure(255, [$"ERROR: incomplete command 'qm {words[1]}'", .. QmHelp.Lines]);
        var verb = isPair ? words[1] + " " + words[2] : words[1];
        var rest = words.Skip(isPair ? 3 : 2).ToList();
        var machine = rest.Count > 0 && int.TryParse(rest[0], CultureInfo.InvariantCulture, out var id) ? node.Machines.GetValueOrDefault(id) : null;
        foreach (var line in machine?.Junk ?? [])
            reply.Error(JunkText(machine!.Id, line));
        QmVerb(verb, directory, reply)(rest);
        if (verb == "set")
            machine?.Junk.Clear();
    }

    private static string JunkText(int id, string line) => line.Split(": ") is [var key, _]
        ? string.Create(CultureInfo.InvariantCulture, $"vm {id} - unable to parse value of '{key}' - unknown setting '{key}'")
        : string.Create(CultureInfo.InvariantCulture, $"vm {id} - unable to parse config: {line}");

    private Action<IReadOnlyList<string>> QmVerb(string verb, string directory, Reply reply)
    {
        var (life, queries, guest) = (new QmLifecycle(node, reply), new QmQueries(node, reply), new QmGuest(node, reply));
        var (disk, move, clone) = (new QmDisk(node, reply, files), new QmDiskMove(node, reply), new QmClone(node, reply));
        return verb switch
        {
            "create" => new QmCreate(node, reply, files).Run,
            "set" => new QmSet(node, reply, files).Run,
            "importdisk" or "disk import" => a => disk.Import(a, directory),
            "resize" or "disk resize" => disk.Resize,
            "move_disk" or "move-disk" or "disk move" => move.Move,
            "rescan" or "disk rescan" => move.Rescan,
            "unlink" or "disk unlink" => move.Unlink,
            "destroy" => new QmDestroy(node, reply).Run,
            "clone" => clone.Clone,
            "template" => clone.Template,
            "status" => queries.Status,
            "list" => queries.List,
            "config" => queries.Config,
            "start" => life.Start,
            "stop" => life.Stop,
            "shutdown" => life.Shutdown,
            "reboot" => life.Reboot,
            "reset" => life.Reset,
            "unlock" => life.Unlock,
            "sendkey" => guest.SendKey,
            "guest cmd" or "agent" => guest.GuestCommand,
            "cloudinit update" => _ => reply.Out("generating cloud-init ISO"),
            "help" => a => QmHelp.Print(a, reply),
            _ => throw new CommandFailure(255, [$"ERROR: unknown command 'qm {verb}'", .. QmHelp.Lines]),
        };
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

    private void Pct(IReadOnlyList<string> words, Reply reply)
    {
        if (words is not [_, "status", _])
            throw new CommandFailure(255, "ERROR: unknown command 'pct'");
        if (!int.TryParse(words[2], CultureInfo.InvariantCulture, out var id) || !node.Containers.ContainsKey(id))
            throw new CommandFailure(2, $"Configuration file 'nodes/{node.Name}/lxc/{words[2]}.conf' does not exist");
        reply.Out("status: stopped");
    }
}
