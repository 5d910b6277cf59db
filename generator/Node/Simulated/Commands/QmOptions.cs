using System.Globalization;
using System.Text.RegularExpressions;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary>The options that <c>qm create</c> and <c>qm set</c> share, and their checks.</summary>
internal static partial class QmOptions
{
    public const string Flags =
        "onboot|tablet|localtime|kvm|protection|template|acpi|ciupgrade|autostart|freeze|reboot|numa|skiplock|force|unique|start|live-restore";

    public const string Values =
        "(?:scsi|sata|ide|virtio|net|ipconfig|unused|serial|hostpci|usb|parallel|numa)[0-9]+|efidisk0|tpmstate0|cdrom|agent|bios|boot|bootdisk|"
        + "cores|sockets|cpu|memory|balloon|shares|name|description|tags|ostype|scsihw|machine|vga|args|arch|audio0|rng0|smbios1|vmgenid|"
        + "ciuser|cipassword|cicustom|citype|sshkeys|nameserver|searchdomain|startup|hotplug|keyboard|hookscript|lock|delete|revert|digest|"
        + "pool|storage|archive|vcpus|cpulimit|cpuunits|affinity|startdate|tdf|watchdog|vmstatestorage|hugepages|keephugepages|bwlimit";

    private static readonly string[] NotInConfig =
        ["skiplock", "force", "unique", "start", "pool", "delete", "revert", "digest", "storage", "archive", "bwlimit", "live-restore"];

    /// <summary>True for the value of a disk, or a volume id, that is a cloud-init drive's.</summary>
    public static bool IsCloudInit(string value) => value.Contains("-cloudinit", StringComparison.Ordinal);

    /// <summary>True for what a running VM takes at once: the rest waits for its end.</summary>
    public static bool IsHotplugged(string key) =>
        key is "name" or "description" or "tags" or "onboot" or "startup" or "shares" or "protection" or "hookscript" or "lock"
        || Hotplugged().IsMatch(key);

    /// <summary><c>--cdrom X</c> is another name for <c>--ide2 X,media=cdrom</c>.</summary>
    public static void Normalize(Invocation call)
    {
        if (call.Options.Remove("cdrom", out var cdrom))
            call.Options["ide2"] = cdrom + ",media=cdrom";
    }

    public static bool BelongsToConfig(string key) => !NotInConfig.Contains(key);

    /// <summary>Checks plain values as the schema does.</summary>
    public static void Check(Invocation call)
    {
        foreach (var (key, value) in call.Options)
        {
            var complaint = Complaint(key, value);
            if (complaint.Length > 0)
                throw CommandFailure.Parameter(call.Syntax.Usage, complaint);
        }
    }

    private static string[] Complaint(string key, string value) => key switch
    {
        "name" when !DnsName().IsMatch(value) => ["name: invalid format - value does not look like a valid DNS name"],
        "memory" when !int.TryParse(value, CultureInfo.InvariantCulture, out _) =>
            ["memory: invalid format - format error", $"memory.current: type check ('integer') failed - got '{value}'"],
        "cores" or "sockets" when !int.TryParse(value, CultureInfo.InvariantCulture, out _) =>
            [$"{key}: type check ('integer') failed - got '{value}'"],
        "cores" or "sockets" when int.Parse(value, CultureInfo.InvariantCulture) < 1 =>
            [$"{key}: value must have a minimum value of 1"],
        "tags" when !Tags().IsMatch(value) => ["tags: invalid format - invalid characters in tag"],
        "serial0" when value != "socket" && !value.StartsWith("/dev/", StringComparison.Ordinal) =>
            ["serial0: value does not match the regex pattern"],
        _ when key.StartsWith("ipconfig", StringComparison.Ordinal) && !value.Split(',').All(p => p.Contains('=', StringComparison.Ordinal)) =>
            [$"{key}: invalid format - format error", $"{key}: value without key, but schema does not define a default key"],
        _ when key.StartsWith("net", StringComparison.Ordinal) && key.Length > 3 && char.IsAsciiDigit(key[3]) => NetComplaint(key, value),
        _ => [],
    };

    private static string[] NetComplaint(string key, string value)
    {
        foreach (var part in value.Split(','))
            if (part.StartsWith("tag=", StringComparison.Ordinal)
                && !(int.TryParse(part.AsSpan(4), CultureInfo.InvariantCulture, out var tag) && tag is >= 1 and <= 4094))
                return [$"{key}: invalid format - format error", $"{key}.tag: value must have a maximum value of 4094"];
            else if (part.StartsWith("macaddr=", StringComparison.Ordinal) && !Mac().IsMatch(part[8..]))
                return [$"{key}: invalid format - format error", $"{key}.macaddr: invalid format - value does not look like a valid unicast MAC address"];
        return [];
    }

    /// <summary>The form in which the config keeps a value.</summary>
    public static string Stored(NodeState node, VirtualMachine machine, string key, string value)
    {
        if (key.StartsWith("net", StringComparison.Ordinal) && key.Length > 3 && char.IsAsciiDigit(key[3]))
            return StoredNet(machine.Id, key, value);
        return key switch
        {
            "vmgenid" when value == "1" => node.NewGeneration(),
            "sshkeys" => Uri.EscapeDataString(value),
            "cipassword" => "$5$simulated",
            _ => value,
        };
    }

    private static string StoredNet(int vmId, string key, string value)
    {
        var parts = value.Split(',', StringSplitOptions.RemoveEmptyEntries).ToList();
        var model = parts[0].StartsWith("model=", StringComparison.Ordinal) ? parts[0]["model=".Length..] : parts[0];
        parts.RemoveAt(0);
        var mac = parts.Find(p => p.StartsWith("macaddr=", StringComparison.Ordinal));
        parts.RemoveAll(p => p.StartsWith("macaddr=", StringComparison.Ordinal));
        var address = mac?["macaddr=".Length..] ?? string.Create(
            CultureInfo.InvariantCulture, $"BC:24:11:{vmId / 256 % 256:X2}:{vmId % 256:X2}:{key[^1] - '0':X2}");
        if (!model.Contains('=', StringComparison.Ordinal))
            model += "=" + address.ToUpperInvariant();
        return string.Join(',', parts.Order(StringComparer.Ordinal).Prepend(model));
    }

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$")]
    private static partial Regex DnsName();

    [GeneratedRegex(@"^[a-zA-Z0-9_][a-zA-Z0-9_\-+.]*([;,\s]+[a-zA-Z0-9_][a-zA-Z0-9_\-+.]*)*$")]
    private static partial Regex Tags();

    [GeneratedRegex("^(net|scsi|virtio|unused)[0-9]+$")]
    private static partial Regex Hotplugged();

    [GeneratedRegex("^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$")]
    private static partial Regex Mac();
}
