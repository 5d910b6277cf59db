namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>
/// Reads here-documents (bash manual, Redirections). Their text begins after the next line feed, whichever construct
/// that line feed stands in.
/// </summary>
internal sealed class HereDocumentReader(ScriptReader reader)
{
    private readonly Cursor cursor = reader.Cursor;
    private List<Expected> pending = [];

    /// <summary>Notes a redirection whose text follows.</summary>
    /// <param name="redirect">The redirection.</param>
    /// <param name="start">The position of the delimiter in the redirection.</param>
    /// <param name="end">The end of the delimiter.</param>
    public void Expect(Redirect redirect, int start, int end)
    {
        var word = cursor.Text.AsSpan(start, end - start);
        var isQuoted = word.IndexOfAny("\\'\""u8) >= 0;
        pending.Add(new Expected(redirect, isQuoted ? WithoutQuotes(word) : word.ToArray(), isQuoted));
    }

    /// <summary>Reads the texts that begin here, at the start of a line or at the end of the script.</summary>
    public void ReadPending()
    {
        if (pending.Count == 0)
            return;
        var waiting = pending;
        pending = [];
        var lastEnd = cursor.State.LastEnd;
        foreach (var expected in waiting)
        {
            if (!cursor.State.IsAborted)
                expected.Redirect.HereDocument = Read(expected.Redirect, expected.Delimiter, expected.IsQuoted);
        }
        cursor.State.LastEnd = lastEnd;
    }

    private HereDocument Read(Redirect redirect, byte[] bytes, bool isQuoted)
    {
        var delimiter = cursor.State.Text(bytes);
        var strips = redirect.Operator == RedirectOperator.HereDocumentStripped;
        var start = cursor.Position;
        var (end, delimiterEnd) = FindEnd(bytes, strips, isQuoted);
        var body = ReadBody(start, end, isQuoted);
        if (cursor.State.IsAborted)
            return new HereDocument(cursor.SpanFrom(start), delimiter, isQuoted, strips, body, null);
        cursor.Position = end;
        if (delimiterEnd < 0)
        {
            cursor.State.Report(redirect.Span, $"the here-document is never ended", $"expected a line `{delimiter}`");
            return new HereDocument(cursor.SpanFrom(start), delimiter, isQuoted, strips, body, null);
        }
        var line = end;
        if (strips)
        {
            while (cursor.Text[line] == '\t')
                line++;
        }
        cursor.Position = delimiterEnd;
        cursor.Token(TokenKind.HereDocumentEnd, line);
        if (cursor.Current is not (0 or (byte)'\n'))
        {
            cursor.State.Report(
                cursor.SpanFrom(line), $"more than `{delimiter}` stands on the line that ends the here-document", "move the rest to a line of its own");
        }
        var document = new HereDocument(cursor.SpanFrom(start), delimiter, isQuoted, strips, body, cursor.SpanFrom(line));
        if (cursor.Current == '\n')
            cursor.Position++;
        return document;
    }

    // The start of the line that ends the text, and the end of the delimiter in it; -1 when there is none.
    private (int End, int DelimiterEnd) FindEnd(byte[] delimiter, bool strips, bool isQuoted)
    {
        var text = cursor.Text.AsSpan(0, cursor.End);
        var start = cursor.Position;
        var emptyLine = -1;
        if (cursor.State.LookAhead <= 0)
            return (start, -1);
        while (start < text.Length)
        {
            if (emptyLine < 0 && text[start] == '\n')
                emptyLine = start;
            var length = text[start..].IndexOf((byte)'\n');
            var end = length < 0 ? text.Length : start + length;
            var line = text[start..end];
            var tabs = strips ? Math.Max(0, line.IndexOfAnyExcept((byte)'\t')) : 0;
            if (line[tabs..].StartsWith(delimiter) && EndsDocument(line[(tabs + delimiter.Length)..]))
                return (start, start + tabs + delimiter.Length);
            // Where nothing is quoted, an escaped line feed joins the next line to this one.
            while (!isQuoted && IsEscaped(text, end))
            {
                length = text[(end + 1)..].IndexOf((byte)'\n');
                end = length < 0 ? text.Length : end + 1 + length;
            }
            start = end + 1;
        }
        cursor.State.LookAhead -= text.Length - cursor.Position;

        // Without an end the text is cut at its first empty line, so that the commands after it are not lost.
        return (emptyLine >= 0 ? emptyLine : text.Length, -1);
    }

    // In a command substitution the closing parenthesis may stand on the line of the delimiter.
    private bool EndsDocument(ReadOnlySpan<byte> rest) =>
        rest.IsEmpty || (reader.Open.Parentheses > 0 && rest.TrimStart((byte)' ') is [(byte)')', ..]);

    private static bool IsEscaped(ReadOnlySpan<byte> text, int lineFeed)
    {
        if (lineFeed >= text.Length)
            return false;
        var backslashes = 0;
        while (lineFeed - backslashes > 0 && text[lineFeed - backslashes - 1] == '\\')
            backslashes++;
        return backslashes % 2 == 1;
    }

    private Word ReadBody(int start, int end, bool isQuoted)
    {
        var mark = reader.PartStack.Count;
        if (isQuoted)
        {
            cursor.Position = end;
            cursor.Token(TokenKind.HereDocument, start);
            if (end > start)
                reader.PartStack.Push(new Literal(cursor.SpanFrom(start), cursor.String(start, end)));
            return new Word(cursor.SpanFrom(start), reader.PartStack.Take(mark));
        }
        var outside = (cursor.End, pending);
        cursor.End = end;
        pending = [];
        if (cursor.Enter())
            reader.Quotes.ReadHereDocumentParts();
        cursor.Leave();
        ReadPending();
        pending = outside.pending;
        if (!cursor.State.IsAborted)
            (cursor.Position, cursor.End) = (end, outside.End);
        return new Word(cursor.SpanFrom(start), reader.PartStack.Take(mark));
    }

    private static byte[] WithoutQuotes(ReadOnlySpan<byte> word)
    {
        var text = new List<byte>(word.Length);
        byte quote = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var b = word[i];
            if (quote == 0 && b is (byte)'\'' or (byte)'"')
                quote = b;
            else if (b == quote)
                quote = 0;
            else if (b == '\\' && quote != '\'' && i + 1 < word.Length)
                text.Add(word[++i]);
            else
                text.Add(b);
        }
        return [.. text];
    }

    private readonly record struct Expected(Redirect Redirect, byte[] Delimiter, bool IsQuoted);
}
