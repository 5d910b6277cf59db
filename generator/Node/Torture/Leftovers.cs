using System.Globalization;
using System.Text.RegularExpressions;
using VmRecovery.Node.Simulated.Sandbox;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Torture;

/// <summary>Finds what a run left on the node and in the file system, compared with the baseline.</summary>
internal sealed partial class Leftovers(ExecutionResult baseline)
{
    private readonly HashSet<string> usual = [.. baseline.Files.Select(f => Name(f.Path, baseline))];
    private readonly Dictionary<string, long> finished = baseline.Files.Where(f => f.Kind == 'f')
        .GroupBy(f => f.Path).ToDictionary(g => g.Key, g => g.First().Bytes);

    /// <summary>VMs and volumes that the script made and that are still there.</summary>
    public static IEnumerable<string> OnNode(NodeSnapshot node) =>
        node.Machines.Where(m => m.MadeByScript).Select(m => string.Create(CultureInfo.InvariantCulture, $"VM {m.Id}"))
            .Concat(node.Volumes.Where(v => v.MadeByScript).Select(v => "volume " + v.Id));

    /// <summary>Files that should be gone, processes and mounts.</summary>
    /// <param name="run">The run.</param>
    /// <param name="failed">True when it, or an earlier one, failed: the log may stay.</param>
    public IEnumerable<string> InSystem(ExecutionResult run, bool failed)
    {
        foreach (var file in run.Files.Where(f => f.Kind != 'd' && IsLeak(f, run, failed)))
            yield return string.Create(CultureInfo.InvariantCulture, $"file {file.Path} ({file.Bytes} bytes)");
        foreach (var directory in run.Files.Where(f => f.Kind == 'd' && !usual.Contains(Name(f.Path, run)) && IsLeakedDirectory(f.Path)))
            yield return "directory " + directory.Path;
        foreach (var process in run.Processes)
            yield return "process " + process;
        if (run.Mounts > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{run.Mounts} mounts");
    }

    private static bool IsLeakedDirectory(string path) => path.StartsWith("/tmp/", StringComparison.Ordinal)
        || path.StartsWith("/var/tmp/", StringComparison.Ordinal) || path.StartsWith("/run/vm-recovery/", StringComparison.Ordinal);

    private bool IsLeak(LeftFile file, ExecutionResult run, bool failed)
    {
        if (file.Path.StartsWith("/run/vm-recovery/", StringComparison.Ordinal))
            return true;
        if (failed && LogName().IsMatch(file.Path))
            return false;
        // A cached download is welcome when it is whole.
        if (finished.TryGetValue(file.Path, out var bytes))
            return file.Bytes != bytes && file.Path.StartsWith("/var/lib/vz/", StringComparison.Ordinal);
        return !usual.Contains(Name(file.Path, run)) && !IsWholeCache(file);
    }

    private bool IsWholeCache(LeftFile file) =>
        file.Path.StartsWith("/var/lib/vz/template/cache/", StringComparison.Ordinal)
        && baseline.Fetches.Any(f => f.Bytes == file.Bytes && f.Url.EndsWith(file.Path[(file.Path.LastIndexOf('/') + 1)..], StringComparison.Ordinal));

    private static string Name(string path, ExecutionResult run) => Random().Replace(
        run.Node.Machines.LastOrDefault(m => m.MadeByScript) is { } machine ? NodeDiff.WithoutId(path, machine.Id) : path, "*");

    [GeneratedRegex("^/tmp/vm-install-[^/]*\\.log$")]
    private static partial Regex LogName();

    [GeneratedRegex(@"(?<=\.)[A-Za-z0-9]{6,12}(?=$|/|\.)|[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Random();
}
