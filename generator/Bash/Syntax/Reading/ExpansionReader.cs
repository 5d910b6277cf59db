namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads expansions that begin with a dollar sign, and process substitutions.</summary>
internal sealed class ExpansionReader(ScriptReader reader)
{
    private readonly Cursor cursor = reader.Cursor;

    /// <summary>Whether a dollar sign before the byte begins an expansion; otherwise it is text.</summary>
    public static bool Begins(byte next, bool inQuotes) =>
        Bytes.IsNamePart(next) || Bytes.IsSpecialParameter(next) || next is (byte)'(' or (byte)'{' or (byte)'['
        || (!inQuotes && next is (byte)'\'' or (byte)'"');

    /// <summary>Reads an expansion; the cursor is at its dollar sign.</summary>
    public WordPart Read(bool inQuotes)
    {
        switch (cursor.Peek(1))
        {
            case (byte)'\'':
                return reader.Quotes.ReadAnsi();
            case (byte)'"':
                return reader.Quotes.ReadLocale();
            case (byte)'(' when cursor.Peek(2) == '(' && ClosesTwice(cursor.Position + 3):
                return ReadArithmetic("$(("u8, "))"u8, isBracketed: false);
            case (byte)'(':
                return ReadCommandSubstitution();
            case (byte)'[':
                return ReadArithmetic("$["u8, "]"u8, isBracketed: true);
            case (byte)'{':
                return reader.Parameters.ReadBraced(inQuotes);
            default:
                return ReadPlain();
        }
    }

    /// <summary>
    /// Whether a pair of parentheses is arithmetic: the inner one is closed directly before another closer. So bash
    /// tells <c>$((1))</c> from <c>$( (a) )</c>, without a try.
    /// </summary>
    public bool ClosesTwice(int start)
    {
        var close = reader.LookAhead.FindClose(cursor, start, (byte)')');
        return close < 0 || (close + 1 < cursor.End && cursor.Text[close + 1] == ')');
    }

    public ProcessSubstitution ReadProcessSubstitution()
    {
        var start = cursor.Position;
        var isOutput = cursor.Current == '>';
        var body = ReadInParentheses(2);
        return new ProcessSubstitution(cursor.SpanFrom(start), isOutput, body);
    }

    /// <summary>Reads statements in parentheses, with the opener of the given length.</summary>
    public System.Collections.Immutable.ImmutableArray<Statement> ReadInParentheses(int opener)
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Operator, opener);
        System.Collections.Immutable.ImmutableArray<Statement> body = [];
        if (cursor.Enter())
        {
            reader.Open.Parentheses++;
            body = reader.Statements.ReadList();
            reader.Open.Parentheses--;
        }
        cursor.Leave();
        if (cursor.Current == ')')
            cursor.Take(TokenKind.Operator, 1);
        else
            cursor.Report(start, start + opener, $"`{cursor.String(start, start + opener)}` is never closed", "expected `)`");
        return body;
    }

    private CommandSubstitution ReadCommandSubstitution()
    {
        var start = cursor.Position;
        var body = ReadInParentheses(2);
        return new CommandSubstitution(cursor.SpanFrom(start), false, body);
    }

    private ArithmeticExpansion ReadArithmetic(ReadOnlySpan<byte> open, ReadOnlySpan<byte> close, bool isBracketed)
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Operator, open.Length);
        var expression = cursor.Enter() ? reader.Arithmetic.ReadUntil(isBracketed ? ArithmeticEnd.Bracket : ArithmeticEnd.Parentheses) : null;
        cursor.Leave();
        if (cursor.StartsWith(close))
            cursor.Take(TokenKind.Operator, close.Length);
        else
            cursor.Report(start, start + open.Length, $"`{cursor.String(start, start + open.Length)}` is never closed", isBracketed ? "expected `]`" : "expected `))`");
        return new ArithmeticExpansion(cursor.SpanFrom(start), isBracketed, expression);
    }

    private ParameterExpansion ReadPlain()
    {
        var start = cursor.Position;
        var rest = cursor.Rest[1..];
        var length = Math.Max(Bytes.NameLength(rest), 1);
        cursor.Take(TokenKind.Name, length + 1);
        return new ParameterExpansion(
            cursor.SpanFrom(start),
            cursor.String(start + 1, cursor.Position),
            cursor.SpanFrom(start + 1),
            false,
            false,
            false,
            null,
            ParameterOperator.None,
            null,
            null,
            null,
            null);
    }
}
