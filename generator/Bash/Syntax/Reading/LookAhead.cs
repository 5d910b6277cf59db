namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>
/// Finds the bracket that closes another one without reading what is between, as bash does to tell arithmetic from
/// commands. Quotes and expansions are stepped over.
/// </summary>
internal sealed class LookAhead
{
    private readonly List<byte> open = [];

    /// <summary>Position of the closer of an opener.</summary>
    /// <param name="cursor">The text and the budget.</param>
    /// <param name="start">The position after the opener.</param>
    /// <param name="close">The closer: one of <c>) ] }</c>.</param>
    /// <param name="acrossLines">Whether the closer may stand on a later line.</param>
    /// <returns>-1 when it is missing or the budget for looking ahead is used up.</returns>
    public int FindClose(Cursor cursor, int start, byte close, bool acrossLines = true)
    {
        if (cursor.State.LookAhead <= 0)
            return -1;
        var text = cursor.Text.AsSpan(0, cursor.End);
        open.Clear();
        open.Add(close);
        var at = start;
        while (at < text.Length)
        {
            var b = text[at];
            if (b == '\n' && !acrossLines)
                break;
            at = Step(text, at, b);
            if (open.Count == 0 || at < 0)
                break;
        }
        cursor.State.LookAhead -= (at < 0 ? text.Length : at) - start;
        return open.Count == 0 && at > 0 ? at - 1 : -1;
    }

    private int Step(ReadOnlySpan<byte> text, int at, byte b)
    {
        var close = open[^1];
        if (b == '\\')
            return at + 2;
        if (b == close)
        {
            open.RemoveAt(open.Count - 1);
            return at + 1;
        }
        if (close == '`')
            return at + 1;
        var next = at + 1 < text.Length ? text[at + 1] : (byte)0;
        switch (b)
        {
            case (byte)'$' when next is (byte)'(' or (byte)'{':
                open.Add(next == '(' ? (byte)')' : (byte)'}');
                return at + 2;
            case (byte)'`':
                open.Add(b);
                return at + 1;
        }
        if (close == '"')
            return at + 1;
        switch (b)
        {
            case (byte)'"':
                open.Add(b);
                return at + 1;
            case (byte)'$' when next == '\'':
                return AfterAnsiString(text, at + 2);
            case (byte)'\'':
                var length = text[(at + 1)..].IndexOf((byte)'\'');
                return length < 0 ? -1 : at + length + 2;
            case (byte)'(' when close == ')':
            case (byte)'[' when close == ']':
                open.Add(close);
                return at + 1;
            default:
                return at + 1;
        }
    }

    private static int AfterAnsiString(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] != '\'')
            at += text[at] == '\\' ? 2 : 1;
        return at < text.Length ? at + 1 : -1;
    }
}
