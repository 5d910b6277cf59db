using System.Globalization;
using System.Text.RegularExpressions;
using VmRecovery.Model.Commands;

namespace VmRecovery.Model.Settings;

/// <summary>The settings of a VM as the calls of an attempt show them; empty where none showed one.</summary>
/// <param name="Vmid">The number of the VM that it made, or wanted to.</param>
/// <param name="Storage">The storage of its disks.</param>
/// <param name="Memory">Its memory in MiB; 0 when unknown.</param>
/// <param name="Cores">Its cores; 0 when unknown.</param>
/// <param name="Disk">The size of its disk; null when unknown.</param>
internal sealed record ObservedSettings(string Vmid, string Storage, int Memory, int Cores, DiskSize? Disk)
{
    /// <summary>Nothing seen yet.</summary>
    internal static readonly ObservedSettings None = new("", "", 0, 0, null);

    /// <summary>What is known after one call more: the first that shows a setting counts, a size set later replaces one.</summary>
    internal ObservedSettings After(CommandCall call)
    {
        if (!call.IsNodeCommand || call.Kind is CommandKind.Query or CommandKind.Removes)
            return this;
        var storage = CommandResult.OnlyStorage(call);
        var memory = Number(call.Option("memory"));
        var cores = Number(call.Option("cores"));
        return new ObservedSettings(
            Vmid.Length > 0 || call.Vmid.Length == 0 ? Vmid : call.Vmid,
            Storage.Length > 0 ? Storage : storage,
            memory > 0 ? memory : Memory,
            cores > 0 ? cores : Cores,
            SizeIn(call) ?? Disk);
    }

    /// <summary>The size of a disk that a call sets or makes: only one that can be less counts.</summary>
    private static DiskSize? SizeIn(CommandCall call)
    {
        if (call.Verb is "qm disk resize")
            return DiskSize.Parse(call.Operand(2));
        var newDisk = new Regex("^(-[^=]*=)?[A-Za-z][A-Za-z0-9._-]*:([0-9]+)(,|$)");
        foreach (var word in call.Words)
            if (newDisk.Match(word) is { Success: true } match && DiskSize.Parse(match.Groups[2].Value) is { CanBeLess: true } size)
                return size with { Unit = "G" };
        return null;
    }

    private static int Number(string text) =>
        text.Length < 9 && int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
