using System;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace VmRecovery.Model.Ownership;

/// <summary>The configuration of a VM, as /etc/pve/qemu-server/ID.conf has it.</summary>
/// <param name="Text">Its text; empty without a configuration.</param>
internal sealed record MachineConfig(string Text)
{
    private const string DiskLine = "^(ide|sata|scsi|virtio|efidisk|tpmstate|unused)[0-9]+: ([^,:]+):([^,]+)";

    /// <summary>Whether there is one.</summary>
    internal bool Exists => Text.Length > 0;

    /// <summary>Its name; empty when it has none.</summary>
    internal string Name => Value("name");

    /// <summary>What tells the VM from a later one with its number: when it was made, and its generation id.</summary>
    internal string Identity
    {
        get
        {
            var generation = Value("vmgenid");
            return Value("meta") + (generation.Length > 0 ? " " + generation : "");
        }
    }

    /// <summary>Whether it is the lock that its creation set: nothing but the lock proves how far that came.</summary>
    internal bool IsLockedByCreation => Has("lock: create") || Has("lock: clone");

    /// <summary>The lines of the VM itself; snapshots repeat keys further down.</summary>
    internal ImmutableArray<string> Current
    {
        get
        {
            var current = ImmutableArray<string>.Empty;
            foreach (var line in Text.Split('\n'))
            {
                if (line.StartsWith('['))
                    return current;
                current = current.Add(line);
            }
            return current;
        }
    }

    /// <summary>Whether it has this line; snapshots do not count.</summary>
    internal bool Has(string line) => Current.Contains(line);

    /// <summary>Whether any of it, with snapshots and what is pending, names this volume.</summary>
    internal bool Names(string volume) =>
        (Text + "\n").Contains(" " + volume + ",", StringComparison.Ordinal) || (Text + "\n").Contains(" " + volume + "\n", StringComparison.Ordinal);

    /// <summary>Volumes in its drives, also in those of snapshots, that have this number in their names: they go with the VM.</summary>
    internal ImmutableArray<string> OwnVolumes(string vmid)
    {
        var volumes = ImmutableArray<string>.Empty;
        foreach (var match in new Regex(DiskLine, RegexOptions.Multiline).Matches(Text).ToImmutableArray())
        {
            var volume = match.Groups[2].Value + ":" + match.Groups[3].Value.TrimEnd('\r');
            if (VolumeName.NumberOf(volume) == vmid && !volumes.Contains(volume))
                volumes = volumes.Add(volume);
        }
        return volumes;
    }

    private string Value(string key)
    {
        foreach (var line in Current)
            if (line.StartsWith(key + ": ", StringComparison.Ordinal))
                return line[(key.Length + 2)..];
        return "";
    }
}
