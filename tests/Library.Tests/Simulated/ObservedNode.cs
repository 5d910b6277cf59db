using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using VmRecovery.Node.Simulated.Commands;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Tests.Simulated;

/// <summary>The node of an <see cref="ObservedCase"/>: one storage of each kind, changed as the case says, and checked at its end.</summary>
internal sealed class ObservedNode
{
    private readonly ScriptFiles files;

    /// <summary>Makes the node.</summary>
    /// <param name="root">The directory below which a case's images lie.</param>
    /// <param name="version">What <c>pveversion</c> prints.</param>
    public ObservedNode(string root, string? version = null)
    {
        files = new ScriptFiles(root);
        Root = root;
        State = version is null ? new NodeState() : new NodeState { Version = version };
        State.Add(new Storage("local", StorageKind.Dir));
        State.Add(new Storage("local-lvm", StorageKind.LvmThin));
        State.Add(new Storage("btr", StorageKind.Btrfs));
        State.Add(new Storage("zfs", StorageKind.ZfsPool));
        State.Add(new Storage("thick", StorageKind.Lvm));
        State.Add(new Storage("small", StorageKind.Dir) { TotalBytes = 64L << 20 });
        State.Add(new Storage("isoonly", StorageKind.Dir) { Content = new(StringComparer.Ordinal) { "iso" } });
        State.Add(new Storage("off", StorageKind.Dir) { Enabled = false });
    }

    public string Root { get; }

    public NodeState State { get; }

    /// <summary>Runs one command line; quotes hold words together.</summary>
    public Reply Run(string command) => new NodeCommands(State, files).Run(Words(command), "/x");

    /// <summary>Prepares the node for a case.</summary>
    public void Prepare(ObservedCase observed)
    {
        foreach (var line in observed.Preparations)
            if (line.StartsWith('~'))
                Change(line[1..].Split(' '));
            else
                Assert.True(Run(line).ExitCode == 0, line);
    }

    /// <summary>Checks the effects that a case names.</summary>
    public void Check(ObservedCase observed)
    {
        foreach (var effect in observed.Effects)
            Check(effect);
    }

    /// <summary>Splits a command line into words: blanks part them, single quotes hold them together.</summary>
    public static IReadOnlyList<string> Words(string line) =>
        [.. Regex.Matches(line, "(?:[^' ]|'[^']*')+").Select(m => m.Value.Replace("'", "", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal))];

    /// <summary>Compares lines; <c>…</c> in an expected one stands for any text, and alone for any number of lines.</summary>
    public static void SameLines(IReadOnlyList<string> expected, string actual, string of)
    {
        var pattern = new StringBuilder("^");
        foreach (var line in expected)
            pattern.Append(line == "…" ? "(?:.*\n)*?" : Regex.Escape(line).Replace("…", ".*", StringComparison.Ordinal) + "\n");
        Assert.True(
            Regex.IsMatch(actual, pattern.Append('$').ToString().Replace("\\ ", " ", StringComparison.Ordinal)),
            $"{of}: expected\n{string.Join('\n', expected)}\nbut got\n{actual}");
    }

    private void Change(string[] words)
    {
        switch (words)
        {
            case ["full", var name]:
                State.Storages[name].Full = true;
                break;
            case ["no-blocks", var name]:
                State.Storages[name].OutOfBlocks = true;
                break;
            case ["immutable", var name]:
                State.Storages[name].KeepsEverything = true;
                break;
            case ["gone", var name]:
                State.Add(new Storage(name, StorageKind.Dir) { Active = false, Path = "/mnt/" + name });
                break;
            case ["unmount", var name]:
                State.Storages[name].Active = false;
                break;
            case ["forget", var name]:
                State.Storages.Remove(name);
                break;
            case ["container", var id]:
                State.Containers[Number(id)] = "ct";
                break;
            case ["elsewhere", var id]:
                State.AddMachineElsewhere(Number(id), "theirs");
                break;
            case ["busy", var id]:
                State.BusyMachines.Add(Number(id));
                break;
            case ["busy-for-a-moment", var id]:
                State.BrieflyBusyMachines.Add(Number(id));
                break;
            case ["busy-storage", var name]:
                State.BusyStorages.Add(name);
                break;
            case ["race", var id]:
                State.RacedIds.Add(Number(id));
                break;
            case ["locked", var id, var held]:
                State.Machines[Number(id)].Config["lock"] = held;
                break;
            case ["config", var id, var key, .. var value]:
                State.Machines[Number(id)].Config[key] = string.Join(' ', value);
                break;
            case ["junk", var id, .. var line]:
                State.Machines[Number(id)].Junk.Add(string.Join(' ', line));
                break;
            case ["running", var id]:
                State.Machines[Number(id)].Running = true;
                break;
            case ["guest-ignores-shutdown"]:
                State.GuestIgnoresShutdown = true;
                break;
            case ["guest-agent"]:
                State.GuestInterfaces = "[]";
                break;
            case ["no-kvm"]:
                State.KvmAvailable = false;
                break;
            case ["broken-kvm"]:
                State.KvmBroken = true;
                break;
            case ["not-root"]:
                State.CallerIsRoot = false;
                break;
            case ["volume-gone", var volume]:
                State.Volumes.RemoveAll(v => v.Id == volume);
                break;
            case ["volume", var storage, var owner, var name]:
                State.Volumes.Add(new Volume(State.Storages[storage], name, Number(owner), Path.GetExtension(name) is { Length: > 1 } e ? e[1..] : "raw") { Bytes = 4 << 20 });
                break;
            case ["image", var path, .. var kind]:
                WriteImage(path, kind.FirstOrDefault() ?? "40M");
                break;
            case ["version", _]:
                break;
            default:
                throw new FormatException("~ " + string.Join(' ', words));
        }
    }

    private void Check(string effect)
    {
        switch (effect.Split(' '))
        {
            case ["vms", .. var ids]:
                Assert.Equal(ids.Select(Number), State.Machines.Keys);
                break;
            case ["volumes", .. var ids]:
                Assert.Equal(ids.Order(StringComparer.Ordinal), State.Volumes.Select(v => v.Id).Order(StringComparer.Ordinal));
                break;
            case ["no", "config", var id, var key]:
                Assert.DoesNotContain(key, State.Machines[Number(id)].Config.Keys);
                break;
            case ["config", var id, ..]:
                SameLines(["…", effect[("config " + id + " ").Length..], "…"], State.Machines[Number(id)].ConfigFile(), effect);
                break;
            case ["no", "junk", var id]:
                Assert.Empty(State.Machines[Number(id)].Junk);
                break;
            case ["running", .. var ids]:
                Assert.Equal(ids.Select(Number), State.Machines.Values.Where(m => m.Running).Select(m => m.Id));
                break;
            case ["size", var volume, var bytes]:
                Assert.Equal(long.Parse(bytes, CultureInfo.InvariantCulture), State.Find(volume)?.Bytes);
                break;
            default:
                throw new FormatException("= " + effect);
        }
    }

    private void WriteImage(string path, string kind)
    {
        var file = Root + path;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var image = File.Create(file);
        switch (kind)
        {
            case "damaged":
                image.Write([0x51, 0x46, 0x49, 0xfb, 0, 0, 0, 3, 0, 0, 0, 0]);
                break;
            case "cut-off":
                image.Write([0x51, 0x46, 0x49, 0xfb, 0, 0, 0, 3, .. new byte[16], 0, 0, 0, 0, 2, 0x80, 0, 0, .. new byte[100]]);
                break;
            case "empty":
                break;
            default:
                image.SetLength(ByteSize.Read(kind, 1) ?? 0);
                break;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
