namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads command substitutions in backquotes (bash manual, Command Substitution).</summary>
internal sealed class BackquoteReader(ScriptReader reader)
{
    private readonly Cursor cursor = reader.Cursor;

    public WordPart Read(bool inDoubleQuotes)
    {
        var start = cursor.Position;
        var close = FindClose(start + 1);
        if (close < 0)
        {
            cursor.Take(TokenKind.Skipped, 1);
            cursor.Report(start, start + 1, "the command substitution that begins here is never closed", "expected a second backquote");
            return new CommandSubstitution(cursor.SpanFrom(start), true, []);
        }
        cursor.Take(TokenKind.Operator, 1);
        var inner = Unescape(start + 1, close, inDoubleQuotes);
        System.Collections.Immutable.ImmutableArray<Statement> body = [];
        if (cursor.Enter())
        {
            var nested = new ScriptReader(inner);
            body = nested.Statements.ReadList();
            nested.HereDocuments.ReadPending();
        }
        cursor.Leave();
        if (cursor.State.IsAborted)
            return new CommandSubstitution(new(cursor.Span(start, start).Start, inner.SpanFrom(inner.Position).End), true, body);
        cursor.Position = close;
        cursor.Take(TokenKind.Operator, 1);
        return new CommandSubstitution(cursor.SpanFrom(start), true, body);
    }

    private int FindClose(int start)
    {
        for (var at = start; at < cursor.End; at++)
        {
            var length = cursor.Text.AsSpan(at, cursor.End - at).IndexOfAny((byte)'`', (byte)'\\');
            if (length < 0)
                return -1;
            at += length;
            if (cursor.Text[at] == '`')
                return at;
            at++;
        }
        return -1;
    }

    // The text between the backquotes, of which \` \\ \$ (and \" in double quotes) lose their backslash.
    private Cursor Unescape(int start, int end, bool inDoubleQuotes)
    {
        var text = new byte[end - start];
        var positions = new int[end - start + 1];
        positions[0] = start;
        var length = 0;
        for (var at = start; at < end; at++)
        {
            if (cursor.Text[at] == '\\' && at + 1 < end && IsEscape(cursor.Text[at + 1], inDoubleQuotes))
                at++;
            text[length] = cursor.Text[at];
            // A span ends after the last byte that belongs to it, escape or not.
            positions[++length] = at + 1;
        }
        return new Cursor(cursor, text[..length], positions[..(length + 1)]);
    }

    private static bool IsEscape(byte b, bool inDoubleQuotes) =>
        b is (byte)'`' or (byte)'\\' or (byte)'$' || (b == '"' && inDoubleQuotes);
}
