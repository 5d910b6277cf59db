using System.Text;
using VmRecovery.Bash.Text;

namespace VmRecovery.Scripts.Patching;

/// <summary>
/// The bytes of a script. Everything that reads it sees line feeds only; <see cref="Raw"/> keeps the byte order mark,
/// the carriage returns and whatever is not UTF-8.
/// </summary>
/// <remarks>bash does not run a script with CRLF, but git hands such files out; a patch must not change that.</remarks>
internal sealed class ScriptText
{
    private readonly int[] rawLineStarts;
    private readonly int[] lineStarts;

    public ScriptText(string path, byte[] raw)
    {
        Path = path;
        Raw = raw;
        rawLineStarts = LineStarts(raw);
        Bytes = raw.AsSpan().Contains((byte)'\r') ? WithoutCarriageReturns(raw) : raw;
        lineStarts = ReferenceEquals(Bytes, raw) ? rawLineStarts : LineStarts(Bytes);
    }

    /// <summary>The file's name as the user gave it; for messages.</summary>
    public string Path { get; }

    /// <summary>The file as it is.</summary>
    public byte[] Raw { get; }

    /// <summary>The text that syntax offsets refer to: <see cref="Raw"/> with CRLF as LF.</summary>
    public byte[] Bytes { get; }

    /// <summary>Number of lines; a last line without a line feed counts.</summary>
    public int LineCount => lineStarts.Length - (EndsWithNewline || Bytes.Length == 0 ? 1 : 0);

    /// <summary>Whether the last line is ended.</summary>
    public bool EndsWithNewline => Bytes is [.., (byte)'\n'];

    /// <summary>The 1-based line of an offset in <see cref="Bytes"/>.</summary>
    public int LineAt(int offset)
    {
        var index = Array.BinarySearch(lineStarts, offset);
        return index >= 0 ? index + 1 : ~index;
    }

    /// <summary>Where a line (from 1) begins in <see cref="Bytes"/>; the line after the last begins at the end.</summary>
    public int LineStart(int line) => line <= lineStarts.Length ? lineStarts[line - 1] : Bytes.Length;

    /// <summary>Where a line (from 1) begins in <see cref="Raw"/>.</summary>
    public int RawLineStart(int line) => line <= rawLineStarts.Length ? rawLineStarts[line - 1] : Raw.Length;

    /// <summary>How the line before <paramref name="line"/> ends: inserted lines end likewise.</summary>
    public string LineEndingBefore(int line)
    {
        var start = RawLineStart(line);
        if (start == 0 || Raw[start - 1] != '\n')
            start = Array.IndexOf(Raw, (byte)'\n') + 1;
        return start > 1 && Raw[start - 2] == '\r' ? "\r\n" : "\n";
    }

    /// <summary>A stretch of <see cref="Bytes"/> as text.</summary>
    public string Slice(TextSpan span) => Encoding.UTF8.GetString(Bytes, span.Start, span.End - span.Start);

    /// <summary>A line (from 1) as text, without its ending.</summary>
    public string Line(int line) => Slice(new TextSpan(LineStart(line), LineStart(line + 1))).TrimEnd('\n');

    private static int[] LineStarts(byte[] bytes)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\n')
                starts.Add(i + 1);
        }
        return [.. starts];
    }

    private static byte[] WithoutCarriageReturns(byte[] raw)
    {
        var kept = new byte[raw.Length];
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '\r' && i + 1 < raw.Length && raw[i + 1] == '\n')
                continue;
            kept[length++] = raw[i];
        }
        return kept[..length];
    }
}
