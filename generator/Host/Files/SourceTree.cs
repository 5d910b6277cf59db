using System.Collections.Immutable;
using VmRecovery.Diagnostics;

namespace VmRecovery.Host.Files;

/// <summary>Files of one input folder, by name in ordinal order.</summary>
internal static class SourceTree
{
    /// <summary>Reads every file with one of the endings.</summary>
    /// <param name="folder">Where to look.</param>
    /// <param name="label">What stands before the relative path in the names.</param>
    /// <param name="endings">Such as <c>.cs</c>.</param>
    /// <exception cref="ToolException">The folder or a file can't be read.</exception>
    public static ImmutableArray<SourceFile> Read(string folder, string label, params string[] endings)
    {
        try
        {
            return
            [
                .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    .Where(path => endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)))
                    .Select(path => (Path: path, Relative: Path.GetRelativePath(folder, path)))
                    .Where(file => !IsBuildOutput(file.Relative))
                    .OrderBy(file => file.Relative, StringComparer.Ordinal)
                    .Select(file => new SourceFile($"{label}/{file.Relative}", File.ReadAllBytes(file.Path))),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Input($"{folder}: cannot be read ({e.Message.TrimEnd('.')}); expected a folder with {string.Join(", ", endings)} files");
        }
    }

    private static bool IsBuildOutput(string relative) =>
        relative.StartsWith("bin/", StringComparison.Ordinal) || relative.StartsWith("obj/", StringComparison.Ordinal);
}
