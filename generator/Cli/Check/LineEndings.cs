using VmRecovery.Diagnostics;

namespace VmRecovery.Cli.Check;

/// <summary>Line ends of files that git hands out for Windows: they are read as line feeds, and written as they were.</summary>
internal static class LineEndings
{
    /// <summary>Whether every line of a text ends with CRLF.</summary>
    public static bool AreWindows(ReadOnlySpan<byte> content)
    {
        var lines = content.Count((byte)'\n');
        return lines > 0 && content.Count("\r\n"u8) == lines;
    }

    /// <summary>Returns a file with line feeds only; the file itself unless all of its lines end with CRLF.</summary>
    public static SourceFile Unix(SourceFile file) =>
        AreWindows(file.Content) ? new SourceFile(file.Path, Without(file.Content)) : file;

    /// <summary>Returns a text with the line ends of another.</summary>
    public static byte[] Like(byte[] content, ReadOnlySpan<byte> original) =>
        AreWindows(original) ? With(content) : content;

    private static byte[] Without(byte[] content)
    {
        var result = new List<byte>(content.Length);
        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] != '\r' || i + 1 == content.Length || content[i + 1] != '\n')
                result.Add(content[i]);
        }
        return [.. result];
    }

    private static byte[] With(byte[] content)
    {
        var result = new List<byte>(content.Length + 64);
        foreach (var one in content)
        {
            if (one == '\n')
                result.Add((byte)'\r');
            result.Add(one);
        }
        return [.. result];
    }
}
