using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using VmRecovery.Model.Commands;

namespace VmRecovery.Model.Settings;

/// <summary>
/// Other settings for a script that nobody can ask for them: what its calls say is replaced by what the user chose. Null
/// leaves a setting as the script has it.
/// </summary>
/// <param name="Original">What the script's calls say.</param>
internal sealed record Replacement(ObservedSettings Original)
{
    /// <summary>Nothing is replaced.</summary>
    internal static readonly Replacement None = new(ObservedSettings.None);

    /// <summary>Another number for the VM.</summary>
    internal string? Vmid { get; init; }

    /// <summary>Another storage for its disks.</summary>
    internal string? Storage { get; init; }

    /// <summary>Whether that storage keeps volumes in files, whose names have a folder and an ending.</summary>
    internal bool StorageHasFiles { get; init; }

    /// <summary>Memory in MiB.</summary>
    internal int? Memory { get; init; }

    /// <summary>Cores.</summary>
    internal int? Cores { get; init; }

    /// <summary>The size of its disk.</summary>
    internal DiskSize? Disk { get; init; }

    /// <summary>The words of a call as they are to be run.</summary>
    internal ImmutableArray<string> Apply(CommandCall call)
    {
        if (!call.IsNodeCommand)
            return call.Words;
        var words = ImmutableArray.CreateBuilder<string>(call.Words.Length);
        var previous = "";
        foreach (var word in call.Words)
        {
            words.Add(Replace(call, word, previous.TrimStart('-'), words.Count));
            previous = word;
        }
        return words.ToImmutable();
    }

    private string Replace(CommandCall call, string word, string option, int index)
    {
        if (index == 0)
            return word;
        if (Memory is { } memory && option is "memory")
            return memory.ToString(CultureInfo.InvariantCulture);
        if (Cores is { } cores && option is "cores")
            return cores.ToString(CultureInfo.InvariantCulture);
        if (Disk is not null)
            word = Resize(call, word);
        if (Storage is not null)
            word = Move(call, word, option);
        return Vmid is null ? word : Renumber(call, word, option);
    }

    private string Resize(CommandCall call, string word)
    {
        if (Original.Disk is not { } old || Disk is not { } size)
            return word;
        if (call.Verb is "qm disk resize")
            return word == call.Operand(2) && DiskSize.Parse(word) == old ? size.Print() : word;
        var newDisk = new Regex("^((-[^=]*=)?[A-Za-z][A-Za-z0-9._-]*:)" + old.Number.ToString(CultureInfo.InvariantCulture) + "(,|$)");
        return old.Unit is "G" or "" && size.Unit is "G" or "" ? newDisk.Replace(word, "${1}" + size.Number.ToString(CultureInfo.InvariantCulture) + "$3") : word;
    }

    private string Move(CommandCall call, string word, string option)
    {
        if (word == Original.Storage && (word == call.Storage || option is "storage" or "target-storage" or "targetstorage"))
            return Storage!;
        if (call.Verb is "pvesm alloc" && word == call.Volume && call.Storage == Original.Storage)
            return NameOn(word);
        var volume = new Regex("^((-[^=]*=)?)" + Regex.Escape(Original.Storage) + ":([^,]*)").Match(word);
        return volume.Success
            ? volume.Groups[1].Value + Storage + ":" + VolumeOn(call, volume.Groups[3].Value) + word[volume.Length..]
            : word;
    }

    /// <summary>A volume's name behind the storage, as the other storage would write it; anything else stays.</summary>
    private string VolumeOn(CommandCall call, string name)
    {
        var last = name[(name.LastIndexOf('/') + 1)..];
        if (!last.StartsWith("vm-", StringComparison.Ordinal))
            return name;
        return (StorageHasFiles ? last.Split('-')[1] + "/" : "") + NameOn(last);
    }

    private string NameOn(string name)
    {
        var plain = name;
        foreach (var ending in new[] { ".raw", ".qcow2", ".vmdk" })
            if (name.EndsWith(ending, StringComparison.Ordinal))
                plain = name[..^ending.Length];
        if (!StorageHasFiles)
            return plain;
        return plain.Length < name.Length || name.Contains("cloudinit", StringComparison.Ordinal) ? name : name + ".raw";
    }

    private string Renumber(CommandCall call, string word, string option)
    {
        if (word == Original.Vmid)
            return word == call.Vmid || option is "vmid" or "newid" ? Vmid! : word;
        var number = Regex.Escape(Original.Vmid);
        word = new Regex("(^|[:/])(vm|base)-" + number + "-").Replace(word, "${1}${2}-" + Vmid + "-");
        word = new Regex("(:)" + number + "/").Replace(word, "${1}" + Vmid + "/");
        return call.Program is "pvesh" ? new Regex("/qemu/" + number + "(/|$)").Replace(word, "/qemu/" + Vmid + "$1") : word;
    }
}
