namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads subscripts (bash manual, Arrays).</summary>
internal sealed class SubscriptReader(ScriptReader reader)
{
    private readonly Cursor cursor = reader.Cursor;

    /// <summary>Reads a subscript; the cursor is at its opening bracket.</summary>
    /// <param name="isOperand">Whether it belongs to a variable in an arithmetic expression.</param>
    public Subscript Read(bool isOperand = false)
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Operator, 1);
        char? all = null;
        ArithmeticExpression? index = null;
        if (cursor.Current is (byte)'@' or (byte)'*' && cursor.Peek(1) == ']')
        {
            all = (char)cursor.Current;
            cursor.Take(TokenKind.Operator, 1);
        }
        else if (cursor.Enter())
        {
            index = reader.Arithmetic.ReadUntil(ArithmeticEnd.Subscript, isOperand);
            cursor.Leave();
        }
        else
        {
            cursor.Leave();
        }
        if (cursor.Current == ']')
            cursor.Take(TokenKind.Operator, 1);
        else
            cursor.Report(start, start + 1, "the subscript that begins here is never closed", "expected `]`");
        return new Subscript(cursor.SpanFrom(start), index, all);
    }
}
