using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>
/// A position in bytes that are read: the script itself, or the text between backquotes without its escapes.
/// Positions are those of the bytes; spans and tokens refer to the script.
/// </summary>
internal sealed class Cursor
{
    private static readonly SearchValues<byte> NotBlank = SearchValues.Create(
        [.. Enumerable.Range(1, 255).Select(b => (byte)b).Where(b => b is not ((byte)' ' or (byte)'\t'))]);

    private readonly int[]? toScript;
    private readonly Cursor? outer;

    public Cursor(byte[] text, int start, int end, ReadingState state)
    {
        Text = text;
        Position = start;
        End = end;
        State = state;
    }

    /// <summary>A cursor over text that was taken out of another one.</summary>
    /// <param name="outer">The cursor over the text around.</param>
    /// <param name="text">The text without escapes.</param>
    /// <param name="toOuter">For each position, and the one after the last, the position in the text around.</param>
    public Cursor(Cursor outer, byte[] text, int[] toOuter)
        : this(text, 0, text.Length, outer.State)
    {
        this.outer = outer;
        toScript = outer.toScript is null ? toOuter : Array.ConvertAll(toOuter, position => outer.toScript[position]);
    }

    public byte[] Text { get; }

    public ReadingState State { get; }

    public int Position { get; set; }

    /// <summary>The first position that is not read; the end of the text or of a region of it.</summary>
    public int End { get; set; }

    public bool AtEnd => Position >= End;

    /// <summary>The byte here; 0 at the end.</summary>
    public byte Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Position < End ? Text[Position] : (byte)0;
    }

    /// <summary>Whether the text is that of backquotes.</summary>
    public bool IsNested => outer is not null;

    /// <summary>The byte at a distance; 0 from the end on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Peek(int distance) => Position + distance < End ? Text[Position + distance] : (byte)0;

    /// <summary>The text from here to the end; empty when reading was given up.</summary>
    public ReadOnlySpan<byte> Rest => Position < End ? Text.AsSpan(Position, End - Position) : default;

    public bool StartsWith(ReadOnlySpan<byte> text) => Rest.StartsWith(text);

    /// <summary>The span in the script of a range of positions.</summary>
    public TextSpan Span(int start, int end) =>
        toScript is null ? new TextSpan(start, end) : new TextSpan(toScript[start], toScript[end]);

    /// <summary>The span from a position to here.</summary>
    public TextSpan SpanFrom(int start) => Span(start, Position);

    /// <summary>
    /// The span from a position to the end of the last statements and the last token of a command: without the blanks
    /// and comments after it.
    /// </summary>
    public TextSpan SpanToLast(int start, params ReadOnlySpan<ImmutableArray<Statement>> lists)
    {
        var first = Span(start, start).Start;
        var end = Math.Max(first, State.LastEnd);
        foreach (var list in lists)
            end = list.IsEmpty ? end : Math.Max(end, list[^1].Span.End);
        return new TextSpan(first, end);
    }

    /// <summary>The text of a range, shared when short.</summary>
    public string String(int start, int end) => State.Text(Text.AsSpan(start, end - start));

    /// <summary>Adds a token that ends here.</summary>
    public void Token(TokenKind kind, int start)
    {
        if (Position == start)
            return;
        var span = SpanFrom(start);
        State.Tokens.Add(new SyntaxToken(kind, span));
        if (kind < TokenKind.HereDocument)
            State.LastEnd = span.End;
    }

    /// <summary>Goes on by some bytes, which are a token.</summary>
    public void Take(TokenKind kind, int length)
    {
        var start = Position;
        Position += length;
        Token(kind, start);
    }

    /// <summary>Reports a problem at a range of positions.</summary>
    public void Report(int start, int end, string message, string? hint = null) =>
        State.Report(Span(start, Math.Max(start, Math.Min(end, Text.Length))), message, hint);

    /// <summary>Enters a construct that may nest; every call needs a <see cref="Leave"/>.</summary>
    /// <returns>False when the script is nested too deeply: reading is at its end.</returns>
    public bool Enter()
    {
        if (State.Enter() && RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return true;
        Abort();
        return false;
    }

    public void Leave() => State.Leave();

    /// <summary>Skips blanks and escaped line feeds.</summary>
    public void SkipBlanks()
    {
        while (Position < End)
        {
            var b = Text[Position];
            if (b is (byte)' ' or (byte)'\t')
            {
                Position++;
                if (Current is (byte)' ')
                {
                    var length = Rest.IndexOfAny(NotBlank);
                    Position = length < 0 ? End : Position + length;
                }
            }
            else if (b == '\\' && Peek(1) == '\n')
            {
                Position += 2;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Distance to a closer on the same line; -1 when there is none or looking ahead has cost enough.</summary>
    public int FindOnLine(ReadOnlySpan<byte> closer)
    {
        if (State.LookAhead <= 0)
            return -1;
        var found = Rest.IndexOf(closer);
        var line = (found < 0 ? Rest : Rest[..found]).IndexOf((byte)'\n');
        State.LookAhead -= found < 0 ? Rest.Length : found;
        return line < 0 ? found : -1;
    }

    /// <summary>Whether a comment was here; it is read.</summary>
    public bool TakeComment()
    {
        if (Current != '#')
            return false;
        var start = Position;
        var length = Rest.IndexOf((byte)'\n');
        Position = length < 0 ? End : Position + length;
        Token(TokenKind.Comment, start);
        State.Comments.Add(new Comment(SpanFrom(start), String(start + 1, Position)));
        return true;
    }

    private void Abort()
    {
        if (State.Problems.Count == 0 || !State.Problems[^1].Message.StartsWith("commands are nested", StringComparison.Ordinal))
            State.ReportDepth(SpanFrom(Position).Start);
        for (var cursor = this; cursor is not null; cursor = cursor.outer)
            cursor.End = cursor.Position;
    }
}
