using System.Globalization;
using System.Text;

namespace VmRecovery.Node.Simulated.State;

/// <summary>One VM: its configuration and whether it runs.</summary>
internal sealed class VirtualMachine(int id)
{
    public int Id { get; } = id;

    /// <summary>The configuration as <c>qm config</c> lists it; <c>lock</c> is one of the keys.</summary>
    public SortedDictionary<string, string> Config { get; } = new(StringComparer.Ordinal);

    public bool Running { get; set; }

    /// <summary>False for a VM that was there before, or that another admin made during the run.</summary>
    public bool MadeByScript { get; init; }

    /// <summary>What was typed into the guest, one line per <c>ret</c>.</summary>
    public List<string> TypedLines { get; } = [];

    /// <summary>Keys since the last <c>ret</c>.</summary>
    public StringBuilder TypedKeys { get; } = new();

    public string? Lock => Config.GetValueOrDefault("lock");

    public string Name => Config.GetValueOrDefault("name") ?? "VM " + Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The text of <c>/etc/pve/qemu-server/ID.conf</c>.</summary>
    public string ConfigFile()
    {
        var text = new StringBuilder();
        if (Config.TryGetValue("description", out var description))
            foreach (var line in description.Split('\n'))
                text.Append('#').Append(line).Append('\n');
        foreach (var (key, value) in Config)
            if (key != "description")
                text.Append(key).Append(": ").Append(value).Append('\n');
        return text.ToString();
    }
}
