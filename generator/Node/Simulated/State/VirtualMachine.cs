using System.Globalization;
using System.Text;

namespace VmRecovery.Node.Simulated.State;

/// <summary>One VM: its configuration and whether it runs.</summary>
internal sealed class VirtualMachine(int id)
{
    public int Id { get; } = id;

    /// <summary>The configuration as <c>qm config</c> lists it; <c>lock</c> is one of the keys.</summary>
    public SortedDictionary<string, string> Config { get; } = new(StringComparer.Ordinal);

    /// <summary>Values that a running VM gets when it is stopped.</summary>
    public SortedDictionary<string, string> Pending { get; } = new(StringComparer.Ordinal);

    /// <summary>Lines of the configuration file that Proxmox cannot read.</summary>
    public List<string> Junk { get; } = [];

    public bool Running { get; set; }

    /// <summary>False for a VM that was there before, or that another admin made during the run.</summary>
    public bool MadeByScript { get; init; }

    /// <summary>What was typed into the guest, one line per <c>ret</c>.</summary>
    public List<string> TypedLines { get; } = [];

    /// <summary>Keys since the last <c>ret</c>.</summary>
    public StringBuilder TypedKeys { get; } = new();

    public string? Lock => Config.GetValueOrDefault("lock");

    public bool IsTemplate => Config.GetValueOrDefault("template") == "1";

    public string Name => Config.GetValueOrDefault("name") ?? "VM " + Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The configuration as it is after the next stop.</summary>
    public IEnumerable<KeyValuePair<string, string>> Wanted =>
        Config.Where(c => !Pending.ContainsKey(c.Key)).Concat(Pending).OrderBy(c => c.Key, StringComparer.Ordinal);

    /// <summary>Ends the VM; pending values become real.</summary>
    public void Stop()
    {
        Running = false;
        foreach (var (key, value) in Pending)
            Config[key] = value;
        Pending.Clear();
    }

    /// <summary>The text of <c>/etc/pve/qemu-server/ID.conf</c>.</summary>
    public string ConfigFile()
    {
        var text = new StringBuilder();
        if (Config.TryGetValue("description", out var description))
            foreach (var line in description.Split('\n'))
                text.Append('#').Append(Encode(line)).Append('\n');
        foreach (var (key, value) in Config)
            if (key != "description")
                text.Append(key).Append(": ").Append(value).Append('\n');
        foreach (var line in Junk)
            text.Append(line).Append('\n');
        if (Pending.Count > 0)
            text.Append("\n[PENDING]\n");
        foreach (var (key, value) in Pending)
            text.Append(key).Append(": ").Append(value).Append('\n');
        return text.ToString();
    }

    /// <summary>Encodes a description as Proxmox keeps it: control characters, colons, per cent signs and all that is not ASCII.</summary>
    public static string Encode(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(b =>
        b is < 0x20 or >= 0x7f or (byte)'%' or (byte)':' ? string.Create(CultureInfo.InvariantCulture, $"%{b:X2}") : ((char)b).ToString()));
}
