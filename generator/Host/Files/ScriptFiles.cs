using VmRecovery.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace VmRecovery.Host.Files;

/// <summary>A file that <c>port</c> was asked about.</summary>
/// <param name="Path">As it is shown and opened.</param>
/// <param name="Relative">Its place below the folder that was named, or its name: where it goes below <c>--out</c>.</param>
/// <param name="WasNamed">It was named itself, not found in a folder.</param>
internal sealed record ScriptFile(string Path, string Relative, bool WasNamed);

/// <summary>Finds and reads scripts.</summary>
internal static partial class ScriptFiles
{
    /// <summary>No shell script is longer; ProxmoxVE's longest has 0.3 MB.</summary>
    private const long MaximumLength = 1 << 20;

    private static readonly EnumerationOptions Everywhere = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>The scripts that a path stands for, in a fixed order.</summary>
    /// <param name="path">A file, or a folder that is searched for <c>*.sh</c>.</param>
    /// <param name="problem">Why there are none.</param>
    public static IReadOnlyList<ScriptFile> Find(string path, out string? problem)
    {
        problem = null;
        if (!Directory.Exists(path))
            return [new ScriptFile(path, Path.GetFileName(path), WasNamed: true)];
        var found = Directory.EnumerateFiles(path, "*.sh", Everywhere)
            .Where(file => !Path.GetRelativePath(path, file).Split('/').Contains(".git"))
            .Order(StringComparer.Ordinal)
            .Select(file => new ScriptFile(file, Path.GetRelativePath(path, file), WasNamed: false))
            .ToList();
        if (found.Count == 0)
            problem = $"{path}: no *.sh in this folder or below it";
        return found;
    }

    /// <summary>Reads a script.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">Why it can't be one: missing, a binary, not bash, far too long.</param>
    public static SourceFile? Read(string path, out string? problem)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                return Fail("no such file or folder", out problem);
            if (file.Length > MaximumLength)
                return Fail(FormattableString.Invariant($"has {file.Length / 1048576.0:0.0} MB; a script has at most 1 MB"), out problem);
            var text = new SourceFile(path, File.ReadAllBytes(path));
            problem = null;
            if (text.Content.Contains((byte)0))
                return Fail("a binary, not a bash script", out problem);
            if (Interpreter(text) is { } other)
                return Fail($"'{other}' in line 1: not a bash script", out problem);
            return text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail($"cannot be read: {e.Message}", out problem);
        }
    }

    /// <summary>Whether a script found in a folder may concern us at all.</summary>
    public static bool MayCreateVm(byte[] script) => CreatesVm().IsMatch(Encoding.Latin1.GetString(script));

    /// <summary>Why the file can't be replaced; null when it can.</summary>
    public static string? WhyNotWritable(string path)
    {
        const UnixFileMode anyWrite = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        try
        {
            // root may write whatever the mode says; that is no reason to do it.
            if ((File.GetUnixFileMode(path) & anyWrite) == 0)
                return "no permission to write it";
            using var probe = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "no permission to write it";
        }
    }

    private static string? Interpreter(SourceFile text)
    {
        var first = text.LineText(1);
        return !first.StartsWith("#!", StringComparison.Ordinal) || first.Contains("bash", StringComparison.Ordinal) ? null : first;
    }

    private static SourceFile? Fail(string why, out string? problem)
    {
        problem = why;
        return null;
    }

    [GeneratedRegex(@"\bqm[\s\\]+create\b|vmrecovery |vm_create_with_recovery")]
    private static partial Regex CreatesVm();
}
