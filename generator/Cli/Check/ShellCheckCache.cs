using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using VmRecovery.Diagnostics;
using VmRecovery.Host.Files;
using VmRecovery.Host.Processes;
using VmRecovery.Scripts.Linting.ShellCheck;

namespace VmRecovery.Cli.Check;

/// <summary>ShellCheck's findings by the content of files, and its version by its program file.</summary>
/// <param name="root">Folder of the cache; null to keep nothing.</param>
internal sealed class ShellCheckCache(string? root)
{
    // A change of what is asked of ShellCheck, or of how its answer is kept, changes this.
    private const string Format = "1";
    private string folder = "";

    /// <summary>
    /// The folder for this user: <c>$XDG_CACHE_HOME/vmrecovery/shellcheck</c>, or below <c>~/.cache</c>; null without
    /// a home.
    /// </summary>
    public static string? UserFolder()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        var home = Environment.GetEnvironmentVariable("HOME");
        if (string.IsNullOrEmpty(cache) && string.IsNullOrEmpty(home))
            return null;
        return Path.Combine(
            string.IsNullOrEmpty(cache) ? Path.Combine(home!, ".cache") : cache,
            "vmrecovery",
            "shellcheck"
        );
    }

    /// <summary>Returns the version of the ShellCheck on PATH; null when there is none.</summary>
    public async Task<Version?> FindVersionAsync(CancellationToken cancellation)
    {
        if (ProgramOnPath() is not { } program)
            return null;
        var info = new FileInfo(program);
        var stamp = string.Create(
            CultureInfo.InvariantCulture,
            $"{program} {info.Length} {info.LastWriteTimeUtc.Ticks}"
        );
        var file = root is null ? null : Path.Combine(root, "version-" + Hash(Encoding.UTF8.GetBytes(stamp)));
        if (
            file is not null
            && File.Exists(file)
            && Version.TryParse(await File.ReadAllTextAsync(file, cancellation).ConfigureAwait(false), out var known)
        )
            return Use(known);
        try
        {
            var outcome = await ProcessRunner
                .RunAsync("shellcheck", ["--version"], cancellation: cancellation)
                .ConfigureAwait(false);
            if (ShellCheckRunner.VersionIn(outcome.Output) is not { } version)
                return null;
            Store(file, Encoding.UTF8.GetBytes(version.ToString()));
            return Use(version);
        }
        catch (ToolException)
        {
            return null;
        }
    }

    /// <summary>Reads the findings of a content; null when they are not known.</summary>
    public ImmutableArray<ShellCheckComment>? Read(SourceFile file)
    {
        if (PathOf(file) is not { } path || !File.Exists(path))
            return null;
        try
        {
            return ShellCheckComment.ReadFile(File.ReadAllBytes(path));
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or IOException
                        or UnauthorizedAccessException
                        or KeyNotFoundException
                        or InvalidOperationException
            )
        {
            return null;
        }
    }

    /// <summary>Keeps the findings of a content.</summary>
    public void Write(SourceFile file, ImmutableArray<ShellCheckComment> comments) =>
        Store(PathOf(file), ShellCheckComment.Write(comments));

    private Version Use(Version version)
    {
        folder = $"{version}-{Format}";
        return version;
    }

    private string? PathOf(SourceFile file)
    {
        if (root is null)
            return null;
        var hash = Hash(file.Content);
        return Path.Combine(root, folder, hash[..2], hash[2..] + ".json");
    }

    private static void Store(string? path, byte[] content)
    {
        if (path is null)
            return;
        try
        {
            AtomicFile.Write(path, content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cache that can't be written is no reason to fail: the next run asks ShellCheck again.
        }
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static string? ProgramOnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, "shellcheck"))
            .FirstOrDefault(File.Exists);
}
