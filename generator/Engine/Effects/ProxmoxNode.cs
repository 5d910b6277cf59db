using System.Globalization;
using VmRecovery.Engine.Native;

namespace VmRecovery.Engine.Effects;

/// <summary>The node, by its own commands and by the cluster's file system, which costs no process.</summary>
/// <param name="programs">Runs the commands.</param>
/// <param name="log">Where the output of the clean-up goes; null for nowhere.</param>
internal sealed class ProxmoxNode(NodeProgram programs, ErrorLog? log) : INodeView
{
    private const string Cluster = "/etc/pve";

    /// <inheritdoc/>
    public string Config(string vmid)
    {
        var text = Read($"{Cluster}/qemu-server/{vmid}.conf");
        // Also when it is just being written.
        return text.Length > 0 ? text : programs.Run("qm", "config", vmid) is { Status: 0 } answer ? answer.Output : "";
    }

    /// <inheritdoc/>
    public IEnumerable<(string Vmid, string Text, bool IsHere)> Configs()
    {
        foreach (var (directory, isHere) in Directories())
            if (Directory.Exists(directory))
                foreach (var file in Directory.EnumerateFiles(directory, "*.conf").Order(StringComparer.Ordinal))
                    yield return (Path.GetFileNameWithoutExtension(file), Read(file), isHere);
    }

    /// <inheritdoc/>
    public bool Exists(string vmid)
    {
        var answer = programs.Run("qm", "status", vmid);
        if (answer.Status == 0 || !(answer.Output + answer.Error).Contains("does not exist", StringComparison.Ordinal))
            return answer.Status != 127;
        return Directories().Any(d => File.Exists($"{d.Directory}/{vmid}.conf")) || programs.Run("pct", "status", vmid).Status == 0;
    }

    /// <inheritdoc/>
    public string? Status(string vmid) =>
        programs.Run("qm", "status", vmid) is { Status: 0 } answer ? answer.Output.Trim().Replace("status: ", "", StringComparison.Ordinal) : null;

    /// <inheritdoc/>
    public bool HasWorker(string vmid) => ProcessTable.HasWorker(vmid);

    /// <inheritdoc/>
    public IReadOnlyList<StorageFacts>? Storages()
    {
        var answer = programs.Run("pvesm", "status", "-content", "images");
        if (answer.Status != 0)
            return null;
        return
        [
            .. from line in answer.Output.Split('\n')
               let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               where fields.Length >= 6 && fields[2] != "Status"
               select new StorageFacts(
                   fields[0], fields[1], fields[2] == "active", long.TryParse(fields[5], CultureInfo.InvariantCulture, out var free) ? free : 0),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string>? Volumes(string storage, string vmid)
    {
        // Without the content it lists backups, and snippets of whatever guest, too.
        var answer = programs.Run("pvesm", "list", storage, "--vmid", vmid, "--content", "images");
        if (answer.Status != 0)
            return answer.Error.Contains($"storage '{storage}' does not exist", StringComparison.Ordinal) ? [] : null;
        return [.. Listed(answer.Output).Where(v => v.StartsWith(storage + ":", StringComparison.Ordinal))];
    }

    /// <inheritdoc/>
    public bool VolumeExists(string volume)
    {
        var storage = volume.Split(':')[0];
        var answer = programs.Run("pvesm", "list", storage);
        if (answer.Status != 0)
            return !(answer.Output + answer.Error).Contains($"storage '{storage}' does not exist", StringComparison.Ordinal);
        // A storage without `images` takes disks, but does not list them.
        return Listed(answer.Output).Contains(volume, StringComparer.Ordinal)
            || PathOf(volume) is { } path && File.Exists(ByteText.Path(path));
    }

    /// <inheritdoc/>
    public string? PathOf(string volume) => programs.Run("pvesm", "path", volume) is { Status: 0 } answer ? answer.Output.TrimEnd('\n') : null;

    /// <inheritdoc/>
    public string? NextId()
    {
        var answer = programs.Run("pvesh", "get", "/cluster/nextid");
        var id = string.Concat(answer.Output.Where(char.IsAsciiDigit));
        return answer.Status == 0 && id.Length > 0 ? id : null;
    }

    /// <inheritdoc/>
    public bool Run(params IReadOnlyList<string> words)
    {
        var answer = programs.Run(words);
        log?.Write($"$ {string.Join(' ', words)}\n{answer.Output}{answer.Error}");
        return answer.Status == 0;
    }

    private static IEnumerable<string> Listed(string output) => output.Split('\n').Select(l => l.Split(' ')[0]).Where(v => v.Contains(':', StringComparison.Ordinal));

    /// <summary>This node's own directories are links into those of all nodes.</summary>
    private static IEnumerable<(string Directory, bool IsHere)> Directories()
    {
        var own = new[] { Cluster + "/qemu-server", Cluster + "/lxc" };
        yield return (own[0], true);
        yield return (own[1], false);
        if (!Directory.Exists(Cluster + "/nodes"))
            yield break;
        var places = own.Select(d => FileFacts.Of(d, follow: true)?.Place).ToList();
        foreach (var node in Directory.EnumerateDirectories(Cluster + "/nodes").Order(StringComparer.Ordinal))
            foreach (var guests in new[] { node + "/qemu-server", node + "/lxc" })
                if (FileFacts.Of(guests, follow: true) is { } facts && !places.Contains(facts.Place))
                    yield return (guests, false);
    }

    private static string Read(string file)
    {
        try
        {
            return File.Exists(file) ? ByteText.From(File.ReadAllBytes(file)) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
