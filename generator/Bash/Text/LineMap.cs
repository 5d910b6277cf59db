using System.Text;

namespace VmRecovery.Bash.Text;

/// <summary>Converts between byte offsets and lines and columns of a text. A line ends at a line feed.</summary>
public sealed class LineMap
{
    private readonly ReadOnlyMemory<byte> text;
    private readonly int[] starts;

    /// <summary>Finds the lines of <paramref name="text"/>.</summary>
    public LineMap(ReadOnlyMemory<byte> text)
    {
        this.text = text;
        var bytes = text.Span;
        starts = new int[bytes.Count((byte)'\n') + 1];
        for (int line = 1, at = 0; line < starts.Length; line++)
            starts[line] = at += bytes[at..].IndexOf((byte)'\n') + 1;
    }

    /// <summary>Number of lines; a last line without a line feed counts, an empty one does not.</summary>
    public int Count => starts.Length - (starts[^1] == text.Length ? 1 : 0);

    /// <summary>The line, counted from 1, of the byte at <paramref name="offset"/>.</summary>
    public int LineAt(int offset)
    {
        var index = Array.BinarySearch(starts, offset);
        return index >= 0 ? index + 1 : ~index;
    }

    /// <summary>Offset of the first byte of a line (from 1); the length of the text for lines after the last.</summary>
    public int LineStart(int line) => line <= starts.Length ? starts[line - 1] : text.Length;

    /// <summary>The bytes of a line (from 1) without its line feed or CRLF.</summary>
    public TextSpan LineSpan(int line)
    {
        int start = LineStart(line), end = LineStart(line + 1);
        if (end > start && text.Span[end - 1] == '\n')
            end--;
        if (end > start && text.Span[end - 1] == '\r')
            end--;
        return new TextSpan(start, end);
    }

    /// <summary>Line and UTF-16 column of an offset. Bytes that are not UTF-8 count as one column each.</summary>
    public LinePosition PositionAt(int offset)
    {
        var line = LineAt(offset);
        var start = starts[line - 1];
        if (line == 1 && text.Span.StartsWith("\uFEFF"u8) && offset >= 3)
            start = 3;
        return new LinePosition(line, Encoding.UTF8.GetCharCount(text.Span[start..Math.Max(start, offset)]) + 1);
    }

    /// <summary>
    /// Offset of a position; columns after the end of the line give the end of the line, lines after the last the end
    /// of the text.
    /// </summary>
    public int OffsetAt(LinePosition position)
    {
        if (position.Line > starts.Length)
            return text.Length;
        var line = LineSpan(position.Line);
        int at = line.Start, column = 1;
        if (position.Line == 1 && text.Span.StartsWith("\uFEFF"u8))
            at = 3;
        while (at < line.End && column < position.Column)
        {
            Rune.DecodeFromUtf8(text.Span[at..line.End], out var rune, out var length);
            column += rune.Utf16SequenceLength;
            at += length;
        }
        return at;
    }
}
