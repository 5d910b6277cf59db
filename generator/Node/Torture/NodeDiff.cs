using System.Globalization;
using System.Text.RegularExpressions;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Torture;

/// <summary>Compares what two runs built, leaving out what is new each time.</summary>
internal static partial class NodeDiff
{
    private static readonly string[] NewEachTime = ["meta", "smbios1", "vmgenid", "cipassword"];

    /// <summary>The differences between a VM and the one of the undisturbed run, as sentences; none when they are equal.</summary>
    public static IEnumerable<string> Differences(NodeSnapshot expected, NodeSnapshot actual, bool withContent)
    {
        var want = expected.Machines.First(m => m.MadeByScript);
        var got = actual.Machines.LastOrDefault(m => m.MadeByScript);
        if (got is null)
        {
            yield return "there is no VM";
            yield break;
        }
        foreach (var key in want.Config.Keys.Union(got.Config.Keys).Except(NewEachTime).Order(StringComparer.Ordinal))
        {
            var (a, b) = (Plain(want, key), Plain(got, key));
            if (a != b)
                yield return $"{key} is '{Cut(b) ?? "not set"}', not '{Cut(a) ?? "not set"}'";
        }
        if (want.Running != got.Running)
            yield return got.Running ? "the VM runs" : "the VM does not run";
        if (!want.TypedLines.SequenceEqual(got.TypedLines))
            yield return "other lines were typed into the guest";
        var wantVolumes = Volumes(expected, want, withContent);
        var gotVolumes = Volumes(actual, got, withContent);
        foreach (var volume in gotVolumes.Except(wantVolumes))
            yield return $"volume too many or different: {volume}";
        foreach (var volume in wantVolumes.Except(gotVolumes))
            yield return $"volume missing: {volume}";
    }

    /// <summary>What happened to VMs and volumes that are not the script's, as sentences.</summary>
    public static IEnumerable<string> ForeignChanges(NodeSnapshot before, NodeSnapshot after)
    {
        foreach (var machine in before.Machines.Where(m => !m.MadeByScript))
            if (after.Machine(machine.Id) is not { MadeByScript: false } same)
                yield return string.Create(CultureInfo.InvariantCulture, $"somebody else's VM {machine.Id} was destroyed");
            else if (same.Running != machine.Running || !same.Config.SequenceEqual(machine.Config))
                yield return string.Create(CultureInfo.InvariantCulture, $"somebody else's VM {machine.Id} was changed or stopped");
        foreach (var volume in before.Volumes.Where(v => !v.MadeByScript && !after.Volumes.Any(o => o.Id == v.Id)))
            yield return $"somebody else's volume {volume.Id} was removed";
    }

    private static HashSet<string> Volumes(NodeSnapshot node, MachineSnapshot machine, bool withContent) =>
        [.. node.Volumes.Where(v => v.MadeByScript && v.Owner == machine.Id).Select(v =>
            string.Create(CultureInfo.InvariantCulture, $"{WithoutId(v.Id, machine.Id)} {v.Bytes}{(withContent ? " " + v.Written : "")}"))];

    private static string? Plain(MachineSnapshot machine, string key) =>
        machine.Config.TryGetValue(key, out var value)
            ? Mac().Replace(WithoutId(value, machine.Id), "MAC")
            : null;

    /// <summary>A text with ID in place of the VM's number.</summary>
    public static string WithoutId(string text, int id) =>
        Regex.Replace(text, string.Create(CultureInfo.InvariantCulture, $"(?<![0-9]){id}(?![0-9])"), "ID");

    private static string? Cut(string? text) => text is { Length: > 60 } ? text[..57] + "..." : text;

    [GeneratedRegex("([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}")]
    private static partial Regex Mac();
}
