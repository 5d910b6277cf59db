using Microsoft.Extensions.FileSystemGlobbing;
using VmRecovery.Diagnostics;
using VmRecovery.Host.Files;
using VmRecovery.Host.Processes;
using VmRecovery.Scripts.Linting;

namespace VmRecovery.Cli.Check;

/// <summary>Finds the scripts that paths stand for.</summary>
internal sealed class ScriptDiscovery(LintConfiguration configuration, string configurationFolder)
{
    private static readonly EnumerationOptions Everywhere = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        MatchType = MatchType.Simple,
    };

    private readonly Matcher excluded = MatcherOf(configuration.Exclude);
    private readonly Matcher included = MatcherOf(configuration.Include);

    /// <summary>Returns the files of a path in a fixed order.</summary>
    /// <param name="path">A file, which is taken as it is, or a folder, which is searched.</param>
    /// <param name="cancellation">Ends git.</param>
    public async Task<IReadOnlyList<string>> FindAsync(string path, CancellationToken cancellation)
    {
        if (!Directory.Exists(path))
            return [path];
        var found = Directory
            .EnumerateFiles(path, "*", Everywhere)
            .Select(file => (File: file, Relative: Path.GetRelativePath(path, file)))
            .Where(f =>
                included.Match(f.Relative).HasMatches && !f.Relative.Split('/').Contains(".git") && !IsExcluded(f.File)
            )
            .Select(f => f.File)
            .Order(StringComparer.Ordinal)
            .ToList();
        var ignored = await IgnoredAsync(path, found, cancellation).ConfigureAwait(false);
        return [.. found.Where(file => !ignored.Contains(Path.GetFullPath(file)))];
    }

    /// <summary>Whether the configuration leaves a file out.</summary>
    private bool IsExcluded(string file) =>
        configuration.Exclude.Length > 0
        && excluded.Match(Path.GetRelativePath(configurationFolder, Path.GetFullPath(file))).HasMatches;

    /// <summary>Builds a matcher; a pattern without a slash is for names in any folder.</summary>
    public static Matcher MatcherOf(IEnumerable<string> globs)
    {
        var matcher = new Matcher(StringComparison.Ordinal);
        foreach (var glob in globs)
            matcher.AddInclude(glob.Contains('/', StringComparison.Ordinal) ? glob : "**/" + glob);
        return matcher;
    }

    private static async Task<HashSet<string>> IgnoredAsync(
        string folder,
        List<string> files,
        CancellationToken cancellation
    )
    {
        var ignored = new HashSet<string>(StringComparer.Ordinal);
        if (files.Count == 0 || !IsInWorkTree(folder))
            return ignored;
        try
        {
            var names = string.Join('\0', files.Select(Path.GetFullPath)) + '\0';
            var outcome = await ProcessRunner
                .RunBytesAsync(
                    "git",
                    ["--no-optional-locks", "-C", Path.GetFullPath(folder), "check-ignore", "-z", "--stdin"],
                    System.Text.Encoding.UTF8.GetBytes(names),
                    cancellation: cancellation
                )
                .ConfigureAwait(false);
            ignored.UnionWith(
                System.Text.Encoding.UTF8.GetString(outcome.Output).Split('\0', StringSplitOptions.RemoveEmptyEntries)
            );
        }
        catch (ToolException)
        {
            // Without git nothing is known to be ignored.
        }
        return ignored;
    }

    private static bool IsInWorkTree(string folder)
    {
        for (var at = Path.GetFullPath(folder); at is not null; at = Path.GetDirectoryName(at))
        {
            if (Path.Exists(Path.Combine(at, ".git")))
                return true;
        }
        return false;
    }

    /// <summary>Reads a script; null with the reason when it is none.</summary>
    public static SourceFile? Read(string path, string shown, out string? problem)
    {
        problem = null;
        try
        {
            if (FileKind.WhyNotRegular(path) is { } kind)
                problem = kind;
            else if (new FileInfo(path).Length > MaximumLength)
                problem = FormattableString.Invariant(
                    $"has {new FileInfo(path).Length / 1048576.0:0} MB; a script has at most {MaximumLength >> 20}"
                );
            else
                return Check(new SourceFile(shown, File.ReadAllBytes(path)), out problem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"cannot be read ({e.Message})";
        }
        return null;
    }

    /// <summary>The longest file that is linted: twenty times the longest script of ProxmoxVE.</summary>
    public const long MaximumLength = 8 << 20;

    /// <summary>Returns the text unless it is no script.</summary>
    public static SourceFile? Check(SourceFile file, out string? problem)
    {
        var content = file.Content.AsSpan();
        problem =
            content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] ? "is UTF-16; a script is UTF-8"
            : content.Contains((byte)0) ? "is binary, not a script"
            : null;
        return problem is null ? LineEndings.Unix(file) : null;
    }
}
