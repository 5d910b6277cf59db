using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using VmRecovery.Diagnostics;
using VmRecovery.Host.Processes;
using VmRecovery.Scripts.Linting.ShellCheck;

namespace VmRecovery.Cli.Check;

/// <summary>Runs ShellCheck over many files: few processes, as many at once as cores, each with limits.</summary>
internal sealed class ShellCheckRunner(ShellCheckCache cache, int cores)
{
    /// <summary>Bytes of scripts that one process gets: enough that its start does not count.</summary>
    private const long BatchBytes = 400_000;

    /// <summary>Address space of one process in KiB. ShellCheck needs 1.6 GB for ProxmoxVE's longest file.</summary>
    private const string MemoryLimit = "4194304";

    private static readonly Version Oldest = new(0, 8);

    private readonly ConcurrentBag<string> notices = [];

    /// <summary>What went wrong: ShellCheck is missing or too old, or was cut short on a file.</summary>
    public ImmutableArray<string> Notices => [.. notices.Order(StringComparer.Ordinal)];

    /// <summary>Checks files.</summary>
    /// <param name="files">The files; those whose content is in the cache start no process.</param>
    /// <param name="cancellation">Ends the processes.</param>
    /// <returns>The findings, or null, of each file.</returns>
    public async Task<ImmutableArray<Diagnostic>?[]> RunAsync(
        IReadOnlyList<SourceFile> files,
        CancellationToken cancellation
    )
    {
        var results = new ImmutableArray<Diagnostic>?[files.Count];
        if (await cache.FindVersionAsync(cancellation).ConfigureAwait(false) is not { } version)
        {
            notices.Add(
                "ShellCheck is not installed: only our own rules ran; apt-get install shellcheck, or --no-shellcheck"
            );
            return results;
        }
        if (version < Oldest)
        {
            notices.Add($"ShellCheck {version} is too old, {Oldest} or newer is needed: only our own rules ran");
            return results;
        }
        var missing = new List<int>();
        for (var i = 0; i < files.Count; i++)
        {
            if (cache.Read(files[i]) is { } known)
                results[i] = ShellCheckDiagnostics.Of(files[i], known);
            else
                missing.Add(i);
        }
        var options = new ParallelOptions { MaxDegreeOfParallelism = cores, CancellationToken = cancellation };
        await Parallel
            .ForEachAsync(Batches(files, missing), options, async (batch, stop) =>
                await RunBatchAsync(files, batch, results, stop).ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        return results;
    }

    /// <summary>Checks a text that is in no file.</summary>
    public async Task<ImmutableArray<Diagnostic>?> RunAsync(SourceFile file, CancellationToken cancellation) =>
        (await RunAsync([file], cancellation).ConfigureAwait(false))[0];

    /// <summary>Groups of files, the largest first: the last process to end should be a short one.</summary>
    private static IEnumerable<int[]> Batches(IReadOnlyList<SourceFile> files, List<int> missing)
    {
        var batch = new List<int>();
        var bytes = 0L;
        var hasShebang = (bool?)null;
        foreach (var index in missing.OrderBy(i => HasShell(files[i])).ThenByDescending(i => files[i].Content.Length))
        {
            if (
                batch.Count > 0
                && (
                    bytes + files[index].Content.Length > BatchBytes
                    || HasShell(files[index]) != hasShebang
                    || !IsOnDisk(files[index])
                )
            )
            {
                yield return [.. batch];
                batch.Clear();
                bytes = 0;
            }
            hasShebang = HasShell(files[index]);
            batch.Add(index);
            bytes += files[index].Content.Length;
        }
        if (batch.Count > 0)
            yield return [.. batch];
    }

    private async Task RunBatchAsync(
        IReadOnlyList<SourceFile> files,
        int[] batch,
        ImmutableArray<Diagnostic>?[] results,
        CancellationToken cancellation
    )
    {
        var found = await TryRunAsync([.. batch.Select(i => files[i])], cancellation).ConfigureAwait(false);
        if (found is null && batch.Length > 1)
        {
            foreach (var index in batch)
                await RunBatchAsync(files, [index], results, cancellation).ConfigureAwait(false);
            return;
        }
        if (found is null)
        {
            notices.Add(
                $"ShellCheck was cut short on {files[batch[0]].Path} (time or memory limit): its findings are missing"
            );
            return;
        }
        for (var i = 0; i < batch.Length; i++)
        {
            cache.Write(files[batch[i]], found[i]);
            results[batch[i]] = ShellCheckDiagnostics.Of(files[batch[i]], found[i]);
        }
    }

    private static async Task<ImmutableArray<ShellCheckComment>[]?> TryRunAsync(
        SourceFile[] files,
        CancellationToken cancellation
    )
    {
        var fromDisk = files.All(IsOnDisk);
        // The limit is set by bash, which then becomes ShellCheck. UTF-8 whatever the user's locale is.
        List<string> arguments =
        [
            "-c",
            "ulimit -v \"$0\"; LC_ALL=C.UTF-8 exec shellcheck \"$@\"",
            MemoryLimit,
            "--norc",
            "--format=json1",
        ];
        if (!HasShell(files[0]))
            arguments.Add("--shell=bash");
        arguments.Add("--");
        arguments.AddRange(fromDisk ? files.Select(f => Path.GetFullPath(f.Path)) : ["-"]);
        try
        {
            var limit = TimeSpan.FromSeconds(60 + files.Sum(f => f.Content.Length) / 2000.0);
            var outcome = await ProcessRunner
                .RunBytesAsync("bash", arguments, fromDisk ? [] : files[0].Content, limit, cancellation)
                .ConfigureAwait(false);
            if (outcome.ExitCode is not (0 or 1))
                return null;
            var byFile = ShellCheckComment.ReadRun(outcome.Output);
            return [.. files.Select(f => byFile.GetValueOrDefault(fromDisk ? Path.GetFullPath(f.Path) : "-", []))];
        }
        catch (Exception e) when (e is ToolException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a script names its shell itself.</summary>
    private static bool HasShell(SourceFile file)
    {
        var start = file.Content.AsSpan(0, Math.Min(file.Content.Length, 512));
        if (start.StartsWith("\uFEFF"u8))
            start = start[3..];
        return start.StartsWith("#!"u8) || start.IndexOf("shellcheck shell="u8) >= 0;
    }

    private static bool IsOnDisk(SourceFile file) => !file.Path.StartsWith('<') && File.Exists(file.Path);

    /// <summary>Reads the version that <c>shellcheck --version</c> prints; null when there is none.</summary>
    internal static Version? VersionIn(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            if (
                line.StartsWith("version:", StringComparison.Ordinal)
                && Version.TryParse(line[8..].Trim(), out var version)
            )
                return version;
        }
        return null;
    }
}
