namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads assignments and the elements of arrays (bash manual, Shell Parameters and Arrays).</summary>
internal sealed class AssignmentReader(ScriptReader reader)
{
    private readonly Cursor cursor = reader.Cursor;
    private readonly NodeStack<ArrayElement> elements = new();

    /// <summary>Reads an assignment; null when the word here is none.</summary>
    public Assignment? Read()
    {
        var start = cursor.Position;
        var name = Bytes.NameLength(cursor.Rest);
        if (name == 0 || !HasOperator(start + name))
            return null;
        cursor.Take(TokenKind.Name, name);
        var text = cursor.String(start, cursor.Position);
        var nameSpan = cursor.SpanFrom(start);
        var subscript = cursor.Current == '[' ? reader.Subscripts.Read() : null;
        var isAppend = TakeOperator();
        if (cursor.Current == '(')
        {
            var array = ReadArray();
            return new Assignment(cursor.SpanFrom(start), text, nameSpan, subscript, isAppend, null, array);
        }
        var value = reader.Words.Read();
        return new Assignment(cursor.SpanFrom(start), text, nameSpan, subscript, isAppend, value, null);
    }

    /// <summary>Reads the elements of an array; the cursor is at the opening parenthesis.</summary>
    public ArrayLiteral ReadArray()
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Operator, 1);
        var mark = elements.Count;
        if (cursor.Enter())
        {
            while (true)
            {
                reader.Lines.SkipLines();
                if (ReadElement() is not { } element)
                    break;
                elements.Push(element);
            }
        }
        cursor.Leave();
        if (cursor.Current == ')')
            cursor.Take(TokenKind.Operator, 1);
        else
            ReportOpen(start);
        return new ArrayLiteral(cursor.SpanFrom(start), elements.Take(mark));
    }

    private void ReportOpen(int start)
    {
        if (cursor.AtEnd)
            cursor.Report(start, start + 1, "the array that begins here is never closed", "expected `)`");
        else
        {
            cursor.Report(
                cursor.Position,
                cursor.Position + 1,
                $"unexpected `{cursor.String(cursor.Position, cursor.Position + 1)}` in an array",
                "quote it, or close the array by `)`");
        }
    }

    private ArrayElement? ReadElement()
    {
        var start = cursor.Position;
        if (cursor.Current == '[' && reader.LookAhead.FindClose(cursor, start + 1, (byte)']', acrossLines: false) is >= 0 and var close
            && IsOperator(close + 1))
        {
            var subscript = reader.Subscripts.Read();
            var isAppend = TakeOperator();
            var assigned = reader.Words.Read();
            return new ArrayElement(cursor.SpanFrom(start), subscript, isAppend, assigned);
        }
        return reader.Words.Read() is { } value ? new ArrayElement(value.Span, null, false, value) : null;
    }

    private bool HasOperator(int at)
    {
        if (at < cursor.End && cursor.Text[at] == '[')
        {
            var close = reader.LookAhead.FindClose(cursor, at + 1, (byte)']', acrossLines: false);
            if (close < 0 && reader.LookAhead.FindClose(cursor, at + 1, (byte)']') < 0 && cursor.State.LookAhead > 0)
                cursor.Report(at, at + 1, "the subscript that begins here is never closed", "expected `]`; quote the bracket if it is text");
            return close >= 0 && IsOperator(close + 1);
        }
        return IsOperator(at);
    }

    private bool IsOperator(int at) => at < cursor.End
        && (cursor.Text[at] == '=' || (cursor.Text[at] == '+' && at + 1 < cursor.End && cursor.Text[at + 1] == '='));

    private bool TakeOperator()
    {
        var isAppend = cursor.Current == '+';
        cursor.Take(TokenKind.Operator, isAppend ? 2 : cursor.Current == '=' ? 1 : 0);
        return isAppend;
    }
}
