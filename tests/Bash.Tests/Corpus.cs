using System.Runtime.CompilerServices;
using System.Text;

namespace VmRecovery.Bash.Tests;

/// <summary>The scripts that the tests read: our own, and those of a ProxmoxVE checkout if there is one.</summary>
internal static class Corpus
{
    /// <summary>The root of our checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The ProxmoxVE checkout of <c>VMRECOVERY_UPSTREAM</c>; null when the variable is not set.</summary>
    public static string? Upstream { get; } =
        Environment.GetEnvironmentVariable("VMRECOVERY_UPSTREAM") is { Length: > 0 } path ? path : null;

    /// <summary>Paths of our own bash files: samples, generated library and scripts, fixtures.</summary>
    public static IReadOnlyList<string> Ours { get; } = [.. new[] { "samples", "out", "tests", ".ci" }
        .SelectMany(folder => ShellFiles(Path.Combine(Root, folder)))
        .Where(path => !path.Contains("/Bash.Tests/", StringComparison.Ordinal))];

    /// <summary>Paths of all shell files of the ProxmoxVE checkout.</summary>
    public static IReadOnlyList<string> Theirs => Upstream is null ? [] : [.. ShellFiles(Upstream)];

    /// <summary>The checkout of ProxmoxVE, or the end of the test as skipped.</summary>
    public static string RequireUpstream()
    {
        Assert.SkipWhen(Upstream is null, "VMRECOVERY_UPSTREAM is not set to a ProxmoxVE checkout");
        return Upstream!;
    }

    private static IEnumerable<string> ShellFiles(string folder) => !Directory.Exists(folder) ? []
        : Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(path => !IsIgnored(path) && IsShell(path))
            .Order(StringComparer.Ordinal);

    private static bool IsIgnored(string path) =>
        path.Contains("/.git/", StringComparison.Ordinal) || path.Contains("/bin/Release/", StringComparison.Ordinal)
        || path.Contains("/bin/Debug/", StringComparison.Ordinal) || path.Contains("/obj/", StringComparison.Ordinal);

    private static bool IsShell(string path)
    {
        if (Path.GetExtension(path) is ".sh" or ".func" or ".bash")
            return true;
        if (Path.GetExtension(path) is ".cs" or ".dll" or ".json" or ".md")
            return false;
        Span<byte> start = stackalloc byte[64];
        using var file = File.OpenRead(path);
        var head = Encoding.ASCII.GetString(start[..file.Read(start)]).Split('\n')[0];
        return head.StartsWith("#!", StringComparison.Ordinal) && head.TrimEnd().EndsWith("sh", StringComparison.Ordinal);
    }

    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));
}
