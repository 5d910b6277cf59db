using VmRecovery.Diagnostics;
using VmRecovery.Host.Processes;

namespace VmRecovery.Host.Files;

/// <summary>Asks git whether it could bring back what a patch replaces.</summary>
/// <param name="withoutPatch">Returns the bytes of a script without our patch.</param>
internal sealed class GitWorkTree(Func<byte[], byte[]> withoutPatch)
{
    private readonly Dictionary<string, string?> changes = new(StringComparer.Ordinal);

    /// <summary>The first uncommitted change in the work tree of a file; null when there is none, or no work tree.</summary>
    /// <remarks>A file that differs from its commit by our patch only does not count: <c>--revert</c> undoes that.</remarks>
    public async Task<string?> UncommittedChangeAsync(string file, CancellationToken cancellation)
    {
        if (Root(Path.GetDirectoryName(Path.GetFullPath(file))) is not { } root)
            return null;
        if (!changes.TryGetValue(root, out var change))
            changes[root] = change = await FirstChangeAsync(root, cancellation);
        return change;
    }

    private static string? Root(string? folder)
    {
        while (folder is not null && !Directory.Exists(Path.Combine(folder, ".git")) && !File.Exists(Path.Combine(folder, ".git")))
            folder = Path.GetDirectoryName(folder);
        return folder;
    }

    private async Task<string?> FirstChangeAsync(string root, CancellationToken cancellation)
    {
        var status = await GitAsync(root, ["status", "--porcelain", "-z", "--untracked-files=no", "--no-renames"], cancellation);
        if (status.ExitCode != 0)
            throw ToolException.Input($"{root}: git status failed ({status.Error.Trim()}); --allow-dirty writes without asking git");
        foreach (var entry in System.Text.Encoding.UTF8.GetString(status.Output).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var path = entry[3..];
            if (!await IsOursAsync(root, path, cancellation))
                return path;
        }
        return null;
    }

    private async Task<bool> IsOursAsync(string root, string path, CancellationToken cancellation)
    {
        var file = Path.Combine(root, path);
        if (!File.Exists(file) || new FileInfo(file).Length > 1 << 20)
            return false;
        var committed = await GitAsync(root, ["show", "HEAD:" + path], cancellation);
        var now = await File.ReadAllBytesAsync(file, cancellation);
        return committed.ExitCode == 0 && withoutPatch(committed.Output).AsSpan().SequenceEqual(withoutPatch(now));
    }

    private static Task<ProcessBytes> GitAsync(string root, IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        ProcessRunner.RunBytesAsync("git", ["--no-optional-locks", "-C", root, .. arguments], [], cancellation: cancellation);
}
