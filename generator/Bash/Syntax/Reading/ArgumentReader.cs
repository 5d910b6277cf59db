using System.Buffers;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads the word after the operator of <c>${…}</c>.</summary>
internal sealed class ArgumentReader(ScriptReader reader)
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("$`\"'\\}/"u8);
    private readonly Cursor cursor = reader.Cursor;

    /// <summary>Reads up to the closing brace.</summary>
    /// <param name="inQuotes">Whether the expansion stands in double quotes or in a here-document.</param>
    /// <param name="singleQuotes">Whether single quotes quote; otherwise they are text.</param>
    /// <param name="slash">Whether an unquoted slash ends the word, too.</param>
    public Word Read(bool inQuotes, bool singleQuotes, Slash slash)
    {
        var start = cursor.Position;
        var mark = reader.PartStack.Count;
        // Without a closing brace the word ends at its line, so that the lines after it keep their meaning.
        var end = cursor.End;
        // Quotes that are text here lead the look-ahead astray; a closer on the same line is good enough.
        if (reader.LookAhead.FindClose(cursor, start, (byte)'}') < 0 && cursor.FindOnLine("}"u8) < 0)
        {
            var line = cursor.Rest.IndexOf((byte)'\n');
            if (line >= 0)
                cursor.End = cursor.Position + line;
        }
        while (!cursor.AtEnd && cursor.Current != '}' && !EndsAtSlash(slash, start))
            ReadPart(inQuotes, singleQuotes, slash, start);
        cursor.End = cursor.State.IsAborted ? cursor.Position : end;
        return new Word(cursor.SpanFrom(start), reader.PartStack.Take(mark));
    }

    private bool EndsAtSlash(Slash slash, int wordStart) => cursor.Current == '/'
        && (slash == Slash.Ends || (slash == Slash.EndsUnlessFirst && cursor.Position > wordStart));

    private void ReadPart(bool inQuotes, bool singleQuotes, Slash slash, int wordStart)
    {
        var start = cursor.Position;
        var hasEscape = false;
        while (true)
        {
            var length = cursor.Rest.IndexOfAny(Special);
            cursor.Position = length < 0 ? cursor.End : cursor.Position + length;
            if (cursor.AtEnd || !Continues(inQuotes, singleQuotes, slash, wordStart, ref hasEscape))
                break;
        }
        if (cursor.Position > start)
        {
            cursor.Token(TokenKind.Literal, start);
            var value = hasEscape
                ? reader.Quotes.Unescape(start, cursor.Position, inQuotes ? EscapeRule.DoubleQuotes : EscapeRule.Any)
                : cursor.String(start, cursor.Position);
            reader.PartStack.Push(new Literal(cursor.SpanFrom(start), value));
            return;
        }
        WordPart? part = cursor.Current switch
        {
            (byte)'$' => reader.Expansions.Read(inQuotes),
            (byte)'`' => reader.Backquotes.Read(inQuotes),
            (byte)'"' => reader.Quotes.ReadDouble(),
            (byte)'\'' => reader.Quotes.ReadSingle(),
            _ => null,
        };
        if (part is not null)
            reader.PartStack.Push(part);
    }

    private bool Continues(bool inQuotes, bool singleQuotes, Slash slash, int wordStart, ref bool hasEscape)
    {
        switch (cursor.Current)
        {
            case (byte)'\\':
                hasEscape = true;
                cursor.Position = Math.Min(cursor.Position + 2, cursor.End);
                return true;
            // Strings such as $'\n' keep their meaning in "${x:+…}", but not in here-documents.
            case (byte)'$' when !ExpansionReader.Begins(cursor.Peek(1), inQuotes && !singleQuotes && reader.Quotes.IsInHereDocument):
            case (byte)'\'' when !singleQuotes:
            case (byte)'/' when !EndsAtSlash(slash, wordStart):
                cursor.Position++;
                return true;
            default:
                return false;
        }
    }
}
