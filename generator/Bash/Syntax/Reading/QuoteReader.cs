using System.Buffers;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads quoted strings (bash manual, Quoting).</summary>
internal sealed class QuoteReader(ScriptReader reader)
{
    private readonly Cursor cursor = reader.Cursor;
    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>Whether the innermost text with expansions is a here-document, not a string.</summary>
    public bool IsInHereDocument { get; private set; }

    public SingleQuoted ReadSingle()
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Quote, 1);
        var length = cursor.Rest.IndexOf((byte)'\'');
        var close = length < 0 ? -1 : cursor.Position + length;
        close = EndOfString(start, close, "'");
        var text = cursor.Position;
        cursor.Position = close;
        cursor.Token(TokenKind.QuotedText, text);
        if (cursor.Current == '\'')
            cursor.Take(TokenKind.Quote, 1);
        return new SingleQuoted(cursor.SpanFrom(start), cursor.String(text, close));
    }

    /// <summary>Reads <c>$'…'</c>.</summary>
    public AnsiQuoted ReadAnsi()
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Quote, 2);
        var close = cursor.Position;
        while (close < cursor.End && cursor.Text[close] != '\'')
            close += cursor.Text[close] == '\\' ? 2 : 1;
        close = EndOfString(start, close < cursor.End ? close : -1, "$'");
        var text = cursor.Position;
        cursor.Position = close;
        cursor.Token(TokenKind.QuotedText, text);
        if (cursor.Current == '\'')
            cursor.Take(TokenKind.Quote, 1);
        return new AnsiQuoted(cursor.SpanFrom(start), AnsiEscapes.Decode(cursor.Text.AsSpan(text, close - text)));
    }

    public DoubleQuoted ReadDouble()
    {
        var start = cursor.Position;
        var mark = reader.PartStack.Count;
        ReadBetweenQuotes(1);
        return new DoubleQuoted(cursor.SpanFrom(start), reader.PartStack.Take(mark));
    }

    /// <summary>Reads <c>$"…"</c>.</summary>
    public LocaleQuoted ReadLocale()
    {
        var start = cursor.Position;
        var mark = reader.PartStack.Count;
        ReadBetweenQuotes(2);
        return new LocaleQuoted(cursor.SpanFrom(start), reader.PartStack.Take(mark));
    }

    /// <summary>Reads text and expansions up to the end of the region.</summary>
    public void ReadHereDocumentParts()
    {
        var around = IsInHereDocument;
        IsInHereDocument = true;
        while (!cursor.AtEnd)
            ReadPart(Bytes.SpecialInHereDocument, EscapeRule.HereDocument, TokenKind.HereDocument);
        IsInHereDocument = around;
    }

    /// <summary>The text of a range without the backslashes that quote something.</summary>
    public string Unescape(int start, int end, EscapeRule rule)
    {
        buffer.ResetWrittenCount();
        var text = cursor.Text.AsSpan(start, end - start);
        while (!text.IsEmpty)
        {
            var at = text.IndexOf((byte)'\\');
            if (at < 0 || at + 1 >= text.Length)
                break;
            buffer.Write(text[..at]);
            var next = text[at + 1];
            if (next != '\n')
                buffer.Write(IsEscape(next, rule) ? text.Slice(at + 1, 1) : text.Slice(at, 2));
            text = text[(at + 2)..];
        }
        buffer.Write(text);
        return cursor.State.Text(buffer.WrittenSpan);
    }

    private static bool IsEscape(byte b, EscapeRule rule) =>
        rule == EscapeRule.Any || b is (byte)'$' or (byte)'`' or (byte)'\\' || (b == '"' && rule == EscapeRule.DoubleQuotes);

    private void ReadBetweenQuotes(int opener)
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Quote, opener);
        var limit = cursor.State.EndsStringsEarly ? EndOfGluedString(cursor.Position) : -1;
        var end = cursor.End;
        if (limit >= 0)
            cursor.End = limit;
        var around = IsInHereDocument;
        IsInHereDocument = false;
        if (cursor.Enter())
        {
            while (!cursor.AtEnd && cursor.Current != '"')
                ReadPart(Bytes.SpecialInDoubleQuotes, EscapeRule.DoubleQuotes, TokenKind.QuotedText);
        }
        cursor.Leave();
        IsInHereDocument = around;
        var isClosed = cursor.Current == '"';
        if (limit >= 0)
            cursor.End = cursor.State.IsAborted ? cursor.Position : end;
        if (isClosed)
            cursor.Take(TokenKind.Quote, 1);
        else
            ReportOpen(start, opener == 1 ? "\"" : "$\"");
    }

    // In the second reading: the end of the first line of a string whose closing quote is missing or glued to a word.
    private int EndOfGluedString(int start)
    {
        var close = reader.LookAhead.FindClose(cursor, start, (byte)'"');
        var line = cursor.Text.AsSpan(start, (close < 0 ? cursor.End : close) - start).IndexOf((byte)'\n');
        if (line < 0)
            return -1;
        return close < 0 || IsGlued(close) ? start + line : -1;
    }

    private bool IsGlued(int close) =>
        close + 1 < cursor.End && (Bytes.IsNamePart(cursor.Text[close + 1]) || cursor.Text[close + 1] is (byte)'/' or (byte)'%' or (byte)'$');

    private int EndOfString(int start, int close, string opener)
    {
        // Only up to the closer: looking for the line feed must not cost more than the string.
        var line = cursor.State.EndsStringsEarly ? cursor.Text.AsSpan(cursor.Position, (close < 0 ? cursor.End : close) - cursor.Position).IndexOf((byte)'\n') : -1;
        if (line >= 0 && (close < 0 || IsGlued(close)))
        {
            ReportOpen(start, opener);
            return cursor.Position + line;
        }
        if (close >= 0)
            return close;
        ReportOpen(start, opener);
        return cursor.End;
    }

    private void ReportOpen(int start, string opener)
    {
        if (!cursor.State.IsAborted)
            cursor.State.HasOpenString = true;
        cursor.Report(start, start + opener.Length, $"the string that begins here is never closed", $"expected `{opener[^1]}`");
    }

    private void ReadPart(SearchValues<byte> special, EscapeRule rule, TokenKind token)
    {
        var start = cursor.Position;
        var hasEscape = false;
        while (true)
        {
            var length = cursor.Rest.IndexOfAny(special);
            cursor.Position = length < 0 ? cursor.End : cursor.Position + length;
            if (cursor.Current == '\\')
            {
                hasEscape = true;
                cursor.Position = Math.Min(cursor.Position + 2, cursor.End);
            }
            else if (cursor.Current == '$' && !ExpansionReader.Begins(cursor.Peek(1), inQuotes: true))
            {
                cursor.Position++;
            }
            else
            {
                break;
            }
        }
        if (cursor.Position > start)
        {
            cursor.Token(token, start);
            var value = hasEscape ? Unescape(start, cursor.Position, rule) : cursor.String(start, cursor.Position);
            reader.PartStack.Push(new Literal(cursor.SpanFrom(start), value));
        }
        else if (cursor.Current == '$')
        {
            reader.PartStack.Push(reader.Expansions.Read(inQuotes: true));
        }
        else if (cursor.Current == '`')
        {
            reader.PartStack.Push(reader.Backquotes.Read(inDoubleQuotes: rule == EscapeRule.DoubleQuotes));
        }
    }
}
