using System.Globalization;
using System.Text.RegularExpressions;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary><c>pvesm</c>: volumes and storages.</summary>
internal sealed class Pvesm(NodeState node, Reply reply)
{
    public static readonly Syntax AllocSyntax = new("pvesm alloc <storage> <vmid> <filename> <size> [OPTIONS]", 4, "", "format");
    private static readonly string[] ContentTypes = ["images", "rootdir", "iso", "vztmpl", "backup", "snippets", "import", "none"];

    private readonly StorageWork storages = new(node, reply);

    public void Alloc(IReadOnlyList<string> arguments)
    {
        var call = AllocSyntax.Parse(arguments);
        var (owner, name) = (call.VmId(1), call.Words[2]);
        if (!Regex.IsMatch(call.Words[3], "^[0-9]+[MG]?$"))
            throw CommandFailure.Parameter(AllocSyntax.Usage, "size: value does not match the regex pattern");
        var storage = storages.Active(call.Words[0]);
        var format = call.Value("format") ?? "raw";
        if (name.Length > 0 && storage.KeepsFiles)
        {
            var extension = Regex.Match(name, @"\.(raw|qcow2|vmdk)$");
            if (!extension.Success)
                throw new CommandFailure(25, $"unable to parse volume filename '{name}'");
            format = extension.Groups[1].Value;
        }
        else if (name.Length > 0 && !name.StartsWith(string.Create(CultureInfo.InvariantCulture, $"vm-{owner}-"), StringComparison.Ordinal))
            throw new CommandFailure(25, $"illegal name '{name}' - should be 'vm-{owner}-*'");
        else if (name.EndsWith(".qcow2", StringComparison.Ordinal))
            format = "qcow2";
        var bytes = ByteSize.Read(call.Words[3], 1L << 10) ?? 0;
        var volume = storages.Allocate(storage, owner, name.Length == 0 ? null : name, bytes, format, inWorker: false);
        reply.Out($"successfully created '{volume.Id}'");
    }

    public void Free(IReadOnlyList<string> arguments)
    {
        var call = new Syntax("pvesm free <volume> [OPTIONS]", 1, "", "delay|storage").Parse(arguments);
        var id = call.Words[0];
        var colon = id.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            throw CommandFailure.LateParameter(call.Syntax.Usage, "volume: no storage specified - incomplete volume ID");
        var storage = node.Storages.GetValueOrDefault(id[..colon]) ?? throw new CommandFailure(255, $"storage '{id[..colon]}' does not exist");
        StorageWork.CheckName(storage, id[(colon + 1)..]);
        // The worker's end is not looked at: these exit 0.
        if (!storage.Enabled)
            throw new CommandFailure(0, $"storage '{storage.Name}' is disabled");
        if (!storage.Active)
            throw new CommandFailure(0, StorageWork.NotMounted(storage));
        if (node.Find(id) is not { } volume)
        {
            if (storage.KeepsFiles)
                reply.Out($"disk image '{Volume.PathOf(storage, id[(colon + 1)..])}' does not exist");
        }
        else if (storages.Free(volume) is { } problem)
            throw new CommandFailure(0, problem);
        reply.Out($"Removed volume '{id}'");
    }

    public void List(IReadOnlyList<string> arguments)
    {
        var call = new Syntax("pvesm list <storage> [OPTIONS]", 1, "", "vmid|content").Parse(arguments);
        CheckWords(call);
        var storage = storages.Active(call.Words[0]);
        var wanted = call.Value("content") is { } only ? only.Split(',') : [.. storage.Content];
        var rows = node.Volumes
            .Where(v => v.Storage == storage && storage.Content.Contains(ContentOf(v)) && wanted.Contains(ContentOf(v)))
            .Where(v => call.Value("vmid") is not { } id || IsListedFor(v, id))
            .OrderBy(v => v.Id, StringComparer.Ordinal).ToList();
        if (rows.Count == 0)
        {
            reply.Out("Volid Format  Type      Size VMID");
            return;
        }
        var width = rows.Max(v => v.Id.Length);
        var size = rows.Max(v => v.Bytes.ToString(CultureInfo.InvariantCulture).Length);
        reply.Out("Volid".PadRight(width) + " Format  Type" + "Size".PadLeft(size + 5) + " VMID");
        foreach (var volume in rows)
            reply.Out(string.Create(
                CultureInfo.InvariantCulture,
                $"{volume.Id.PadRight(width)} {volume.Format,-7} {ContentOf(volume),-7} {volume.Bytes.ToString(CultureInfo.InvariantCulture).PadLeft(size + 1)}{(volume.FileContent is null ? $" {volume.Owner}" : "")}"));
    }

    private static void CheckWords(Invocation call)
    {
        var problems = new List<string>();
        if (call.Value("vmid") is { } id && !Regex.IsMatch(id, "^[0-9]+$"))
            problems.Add($"vmid: type check ('integer') failed - got '{id}'");
        if (call.Words[0].Length < 2)
            problems.Add($"storage: invalid format - storage ID '{call.Words[0]}' cannot be shorter than 2 characters");
        if (problems.Count > 0)
            throw CommandFailure.Parameter(call.Syntax.Usage, [.. problems]);
    }

    // A disk is a container's when its owner is one; a folder of a VM says nothing of its kind.
    private string ContentOf(Volume volume) => volume.FileContent ?? (node.Containers.ContainsKey(volume.Owner) ? "rootdir" : "images");

    // Backups tell by their name whose they are; snippets and images to import are listed for every guest.
    private static bool IsListedFor(Volume volume, string id) => volume.FileContent switch
    {
        null => volume.Owner.ToString(CultureInfo.InvariantCulture) == id,
        "backup" => volume.BaseName.Contains($"-{id}-", StringComparison.Ordinal),
        _ => true,
    };

    public void Path(IReadOnlyList<string> arguments)
    {
        var call = new Syntax("pvesm path <volume>", 1).Parse(arguments);
        var id = call.Words[0];
        var colon = id.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            throw CommandFailure.Parameter(call.Syntax.Usage, $"volume: invalid format - unable to parse volume ID '{id}'");
        var storage = node.Storages.GetValueOrDefault(id[..colon]) ?? throw new CommandFailure(255, $"storage '{id[..colon]}' does not exist");
        StorageWork.CheckName(storage, id[(colon + 1)..]);
        reply.Out(id.Contains(":iso/", StringComparison.Ordinal)
            ? storage.Path + "/template/" + id[(colon + 1)..]
            : Volume.PathOf(storage, id[(colon + 1)..]));
    }

    public void Status(IReadOnlyList<string> arguments)
    {
        const string usage = "pvesm status  [OPTIONS]";
        var call = new Syntax(usage, 0, "enabled", "content|storage|target").Parse(arguments);
        var wanted = (call.Value("content") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (wanted.FirstOrDefault(c => !ContentTypes.Contains(c)) is { } unknown)
            throw CommandFailure.Parameter(usage, $"content: invalid format - invalid content type '{unknown}'");
        if (call.Value("storage") is { } name && !node.Storages.ContainsKey(name))
            throw CommandFailure.LateParameter(usage, "storage: No such storage.");
        foreach (var storage in node.Storages.Values.Where(s => s.Enabled && !s.Active))
            reply.Error(StorageWork.NotMounted(storage));
        var rows = node.Storages.Values
            .Where(s => call.Value("storage") is not { } only || s.Name == only)
            .Where(s => wanted.Length == 0 || (s.Enabled && s.Content.Overlaps(wanted))).ToList();
        var width = Math.Max(4, rows.Select(s => s.Name.Length).DefaultIfEmpty(0).Max());
        var unit = node.IsVersion8 ? "" : " (KiB)";
        Row(width, "Name", "Type", "Status", "Total" + unit, "Used" + unit, "Available" + unit, "%");
        foreach (var storage in rows)
            Row(width, storage);
    }

    private void Row(int width, Storage storage)
    {
        var usable = storage is { Enabled: true, Active: true };
        var used = storage.Full ? storage.TotalBytes : storage.TotalBytes / 10;
        var (total, usedNow) = usable ? (storage.TotalBytes >> 10, used >> 10) : (0, 0);
        var percent = !storage.Enabled ? "N/A" : total == 0 ? "0.00%" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * usedNow / total:0.00}%");
        Row(
            width,
            storage.Name,
            storage.TypeName,
            !storage.Enabled ? "disabled" : storage.Active ? "active" : "inactive",
            total.ToString(CultureInfo.InvariantCulture),
            usedNow.ToString(CultureInfo.InvariantCulture),
            (total - usedNow).ToString(CultureInfo.InvariantCulture),
            percent);
    }

    private void Row(int width, string name, string type, string status, string total, string used, string available, string percent) =>
        reply.Out($"{name.PadRight(width)} {type,10} {status,10} {total,15} {used,15} {available,15} {percent,8}");
}
