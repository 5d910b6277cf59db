namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads words (bash manual, Quoting and Shell Expansions).</summary>
internal sealed class WordReader(ScriptReader reader)
{
    private readonly Cursor cursor = reader.Cursor;
    private readonly NodeStack<Word> alternatives = new();

    /// <summary>Reads a word; null when none begins here.</summary>
    public Word? Read(WordMode mode = WordMode.Plain)
    {
        var start = cursor.Position;
        var mark = reader.PartStack.Count;
        ReadParts(mode);
        return cursor.Position == start ? null : new Word(cursor.SpanFrom(start), reader.PartStack.Take(mark));
    }

    private void ReadParts(WordMode mode)
    {
        var depth = 0;
        while (!cursor.AtEnd)
        {
            var start = cursor.Position;
            ReadLiteral(mode, ref depth);
            if (cursor.Position > start)
                continue;
            switch (cursor.Current)
            {
                case (byte)'$':
                    reader.PartStack.Push(reader.Expansions.Read(inQuotes: false));
                    break;
                case (byte)'"':
                    reader.PartStack.Push(reader.Quotes.ReadDouble());
                    break;
                case (byte)'\'':
                    reader.PartStack.Push(reader.Quotes.ReadSingle());
                    break;
                case (byte)'`':
                    reader.PartStack.Push(reader.Backquotes.Read(inDoubleQuotes: false));
                    break;
                case (byte)'<' or (byte)'>' when cursor.Peek(1) == '(':
                    reader.PartStack.Push(reader.Expansions.ReadProcessSubstitution());
                    break;
                case (byte)'?' or (byte)'*' or (byte)'+' or (byte)'@' or (byte)'!' when cursor.Peek(1) == '(':
                    reader.PartStack.Push(ReadExtendedGlob());
                    break;
                default:
                    return;
            }
        }
    }

    // Reads unquoted text up to something that is a part of its own or ends the word.
    private void ReadLiteral(WordMode mode, ref int depth)
    {
        var start = cursor.Position;
        var hasEscape = false;
        while (true)
        {
            var length = cursor.Rest.IndexOfAny(Bytes.EndsLiteral);
            cursor.Position = length < 0 ? cursor.End : cursor.Position + length;
            if (cursor.AtEnd || !Continues(mode, start, ref depth, ref hasEscape))
                break;
        }
        if (cursor.Position == start)
            return;
        cursor.Token(TokenKind.Literal, start);
        var value = hasEscape ? reader.Quotes.Unescape(start, cursor.Position, EscapeRule.Any) : cursor.String(start, cursor.Position);
        reader.PartStack.Push(new Literal(cursor.SpanFrom(start), value));
    }

    // Steps over a byte that belongs to the literal after all; false when the literal ends before it.
    private bool Continues(WordMode mode, int start, ref int depth, ref bool hasEscape)
    {
        var b = cursor.Current;
        switch (b)
        {
            case (byte)'\\':
                if (cursor.Peek(1) == '\n' && !ContinuesAfterLineFeeds(mode, depth))
                    return false;
                hasEscape = true;
                cursor.Position = Math.Min(cursor.Position + 2, cursor.End);
                return true;
            case (byte)'$' when !ExpansionReader.Begins(cursor.Peek(1), inQuotes: false):
                cursor.Position++;
                return true;
            // A regular expression has no extended patterns: `+(` repeats what is before it.
            case (byte)'(' when mode != WordMode.Regex && cursor.Position > start && IsGlobOperator(cursor.Text[cursor.Position - 1], start, hasEscape):
                cursor.Position--;
                return false;
            case (byte)'(' when mode != WordMode.Plain:
                depth++;
                cursor.Position++;
                return true;
            case (byte)')' when depth > 0:
                depth--;
                cursor.Position++;
                return true;
            case (byte)'|' when mode == WordMode.Regex:
            case (byte)'|' or (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)';' or (byte)'&' when depth > 0:
            case (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)';' or (byte)'&' when mode == WordMode.Alternative:
            case (byte)'<' or (byte)'>' when cursor.Peek(1) != '(' && (depth > 0 || mode == WordMode.Alternative):
                cursor.Position++;
                return true;
            default:
                return false;
        }
    }

    // An escaped line feed is a part of the word only when the word goes on after it.
    private bool ContinuesAfterLineFeeds(WordMode mode, int depth)
    {
        var distance = 2;
        while (cursor.Peek(distance) == '\\' && cursor.Peek(distance + 1) == '\n')
            distance += 2;
        return mode == WordMode.Alternative || depth > 0 || !Bytes.EndsWord(cursor.Peek(distance));
    }

    private bool IsGlobOperator(byte b, int start, bool hasEscape) =>
        b is (byte)'?' or (byte)'*' or (byte)'+' or (byte)'@' or (byte)'!' && !(hasEscape && IsEscaped(start));

    private bool IsEscaped(int start)
    {
        var backslashes = 0;
        for (var at = cursor.Position - 2; at >= start && cursor.Text[at] == '\\'; at--)
            backslashes++;
        return backslashes % 2 == 1;
    }

    private ExtendedGlob ReadExtendedGlob()
    {
        var start = cursor.Position;
        var glob = (char)cursor.Current;
        cursor.Take(TokenKind.Operator, 2);
        var mark = alternatives.Count;
        if (cursor.Enter())
        {
            while (true)
            {
                alternatives.Push(Read(WordMode.Alternative) ?? new Word(cursor.SpanFrom(cursor.Position), []));
                if (cursor.Current != '|')
                    break;
                cursor.Take(TokenKind.Operator, 1);
            }
        }
        cursor.Leave();
        if (cursor.Current == ')')
            cursor.Take(TokenKind.Operator, 1);
        else
            cursor.Report(start, start + 2, $"`{glob}(` is never closed", "expected `)`");
        return new ExtendedGlob(cursor.SpanFrom(start), glob, alternatives.Take(mark));
    }
}
