using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using VmRecovery.Diagnostics;

namespace VmRecovery.Generation;

/// <summary>One input file: its name as shown to people and its bytes.</summary>
internal sealed record SourceFile(string Name, byte[] Content)
{
    /// <summary>The content as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(Content);

    /// <summary>What the output depends on, where that is not the whole content: a script without our patch.</summary>
    public byte[]? Original { get; init; }

    /// <summary>Hash of what the output depends on, lower-case hexadecimal.</summary>
    public string Sha256 => Hash.Of(Original ?? Content);
}

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

/// <summary>Content hashes.</summary>
internal static class Hash
{
    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>SHA-256 of UTF-8 text.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>One hash over many files: names and contents, in order.</summary>
    public static string Of(IEnumerable<SourceFile> files) =>
        Of(string.Join('\n', files.Select(file => $"{file.Sha256} {file.Name}")));
}
