using VmRecovery.Bash.Text;

namespace VmRecovery.Diagnostics;

/// <summary>A place in a file: the whole file, a line, or a range.</summary>
/// <remarks>Built by the factory methods only, so that line, column and span agree.</remarks>
public sealed record Location
{
    private Location(string path) => Path = path;

    /// <summary>Path as the user gave it, or relative to the project.</summary>
    public string Path { get; }

    /// <summary>Line from 1; 0 when the whole file is meant.</summary>
    public int Line { get; private init; }

    /// <summary>Column from 1 in UTF-16 code units; 0 when the whole line is meant.</summary>
    public int Column { get; private init; }

    /// <summary>Line of the end, from 1; 0 when the whole file is meant.</summary>
    public int EndLine { get; private init; }

    /// <summary>Column after the last character, from 1; 0 when the whole line is meant.</summary>
    public int EndColumn { get; private init; }

    /// <summary>The range in bytes; null where only lines and columns are known.</summary>
    public TextSpan? Span { get; private init; }

    /// <summary>Text of <see cref="Line"/> for the excerpt; null when there is none to show.</summary>
    public string? SourceLine { get; private init; }

    /// <summary>Creates the location of a file as a whole.</summary>
    public static Location OfFile(string path) => new(path);

    /// <summary>Creates the location of a line as a whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">Line from 1; 0 for the whole file.</param>
    /// <param name="sourceLine">Text of the line, for the excerpt.</param>
    public static Location OfLine(string path, int line, string? sourceLine = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(line);
        return new Location(path) { Line = line, EndLine = line, SourceLine = sourceLine };
    }

    /// <summary>Creates the location of a range of bytes.</summary>
    public static Location Of(SourceFile file, TextSpan span)
    {
        var start = file.Lines.PositionAt(span.Start);
        var end = file.Lines.PositionAt(span.End);
        return new Location(file.Path)
        {
            Line = start.Line,
            Column = start.Column,
            EndLine = end.Line,
            EndColumn = end.Column,
            Span = span,
            SourceLine = file.LineText(start.Line),
        };
    }

    /// <summary>Creates a location within one line from UTF-16 columns, where no bytes are known.</summary>
    /// <param name="path">The file.</param>
    /// <param name="start">Line and column of the first character.</param>
    /// <param name="length">Number of UTF-16 code units.</param>
    /// <param name="sourceLine">Text of the line, for the excerpt.</param>
    public static Location Of(string path, LinePosition start, int length = 1, string? sourceLine = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(start.Line, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(start.Column, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new Location(path)
        {
            Line = start.Line,
            Column = start.Column,
            EndLine = start.Line,
            EndColumn = start.Column + length,
            SourceLine = sourceLine,
        };
    }

    /// <summary>Returns the same place on another line, where the text stands in a longer file; the bytes are not known there.</summary>
    public Location AtLine(int line) =>
        line == Line ? this : this with { Line = line, EndLine = EndLine + line - Line, Span = null };

    /// <summary>Returns <c>path</c>, <c>path:line</c> or <c>path:line:column</c>.</summary>
    public override string ToString() => this switch
    {
        { Line: 0 } => Path,
        { Column: 0 } => FormattableString.Invariant($"{Path}:{Line}"),
        _ => FormattableString.Invariant($"{Path}:{Line}:{Column}"),
    };
}
