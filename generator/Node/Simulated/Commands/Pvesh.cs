using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary><c>pvesh</c>: the next free VM ID, and the paths of VMs, which do what <c>qm</c> does.</summary>
internal sealed partial class Pvesh(NodeCommands commands, NodeState node, Reply reply)
{
    private const string Usage = "pvesh get <api_path> [OPTIONS] [FORMAT_OPTIONS]";

    /// <summary>Runs one command line.</summary>
    public void Run(IReadOnlyList<string> words)
    {
        if (words.Count < 3)
            throw new CommandFailure(255, words.Count < 2 ? "ERROR: no command specified" : "400 not enough arguments");
        var (verb, path, rest) = (words[1], words[2].TrimEnd('/'), words.Skip(3).ToList());
        if (verb is not ("get" or "create" or "set" or "delete" or "ls" or "usage"))
            throw new CommandFailure(255, $"ERROR: unknown command 'pvesh {verb}'");
        if (verb == "get" && path == "/cluster/nextid")
            NextId(rest);
        else if (VmPath().Match(path) is { Success: true } vm && (vm.Groups["node"].Value == node.Name || vm.Groups["node"].Value == "localhost"))
            OfVm(verb, path, vm.Groups["id"].Value, vm.Groups["rest"].Value, rest);
        else
            throw NoHandler(verb, path);
    }

    private void NextId(IReadOnlyList<string> rest)
    {
        var call = new Syntax(Usage, 0, "noborder|human-readable", "vmid|output-format").Parse(rest);
        if (call.Value("vmid") is { } wanted)
        {
            var id = int.Parse(wanted, CultureInfo.InvariantCulture);
            if (node.OwnerOf(id) is var (kind, _))
                throw CommandFailure.Usage(Usage, "400 Parameter verification failed.", $"vmid: {kind} {wanted} already exists");
            reply.Out(wanted);
            return;
        }
        var next = node.NextId().ToString(CultureInfo.InvariantCulture);
        reply.Out(call.Value("output-format") == "json" ? $"\"{next}\"" : next);
    }

    private void OfVm(string verb, string path, string id, string below, List<string> rest)
    {
        var isJson = TakeFormat(rest) == "json";
        switch (verb, below)
        {
            case ("get", "") when id.Length == 0:
                reply.Out(JsonSerializer.Serialize(node.Machines.Values.Select(m => new { vmid = m.Id, name = m.Name, status = Status(m) })));
                break;
            case ("get", "config"):
                var config = Machine(id).Wanted.ToDictionary();
                reply.Out(isJson ? JsonSerializer.Serialize(config) : string.Join('\n', config.Select(c => $"{c.Key}: {c.Value}")));
                break;
            case ("get", "status/current"):
                var machine = Machine(id);
                reply.Out(isJson ? JsonSerializer.Serialize(new { name = machine.Name, status = Status(machine), vmid = machine.Id }) : "status: " + Status(machine));
                break;
            case ("create", "") when id.Length == 0:
                Task("qmcreate", TakeVmId(rest), ["qm", "create", TakeVmId(rest), .. rest.Where((_, i) => !IsVmIdOption(rest, i))]);
                break;
            case ("create", "clone"):
                Task("qmclone", id, ["qm", "clone", id, rest.SkipWhile(w => w.TrimStart('-') != "newid").Skip(1).FirstOrDefault("")]);
                break;
            case ("create", "template"):
                Task("qmtemplate", id, ["qm", "template", id]);
                break;
            case ("create", "status/start" or "status/stop" or "status/shutdown" or "status/reset" or "status/reboot"):
                Task("qm" + below["status/".Length..], id, ["qm", below["status/".Length..], id, .. rest]);
                break;
            case ("create" or "set", "config"):
                Qm(["qm", "set", id, .. rest]);
                break;
            case ("set", "resize"):
                Qm(["qm", "resize", id, Named(rest, "disk"), Named(rest, "size")]);
                break;
            case ("set", "unlink"):
                Qm(["qm", "unlink", id, .. rest]);
                break;
            case ("delete", "") when id.Length > 0:
                Task("qmdestroy", id, ["qm", "destroy", id, .. rest]);
                break;
            default:
                throw NoHandler(verb, path);
        }
    }

    // A worker's text, and its name at the end.
    private void Task(string kind, string id, string[] words)
    {
        Qm(words);
        reply.Out($"UPID:{node.Name}:00001000:00002000:69000000:{kind}:{id}:root@pam:");
    }

    private void Qm(string[] words)
    {
        var result = commands.Run(words, "/");
        reply.Chunks.AddRange(result.Chunks);
        if (result.ExitCode != 0)
            throw new CommandFailure(result.ExitCode);
    }

    private VirtualMachine Machine(string id) => QmLifecycle.Required(node, int.Parse(id, CultureInfo.InvariantCulture), 2);

    private static string Status(VirtualMachine machine) => machine.Running ? "running" : "stopped";

    private static CommandFailure NoHandler(string verb, string path) => new(1, $"No '{verb}' handler defined for '{path}'");

    private static string TakeVmId(List<string> rest) => Named(rest, "vmid");

    private static bool IsVmIdOption(List<string> rest, int i) => IsOption(rest, i) || (i > 0 && IsOption(rest, i - 1));

    private static bool IsOption(List<string> rest, int i) => rest[i] is "-vmid" or "--vmid";

    private static string Named(List<string> rest, string name) =>
        rest.SkipWhile(w => w.TrimStart('-') != name).Skip(1).FirstOrDefault("");

    private static string TakeFormat(List<string> rest)
    {
        var at = rest.FindIndex(w => w is "--output-format" or "-output-format");
        if (at < 0)
            return "text";
        var format = rest.ElementAtOrDefault(at + 1) ?? "";
        rest.RemoveRange(at, Math.Min(2, rest.Count - at));
        return format;
    }

    [GeneratedRegex("^/nodes/(?<node>[^/]+)/qemu(/(?<id>[0-9]+)(/(?<rest>.+))?)?$")]
    private static partial Regex VmPath();
}
