namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads <c>${…}</c> (bash manual, Shell Parameter Expansion).</summary>
internal sealed class ParameterReader(ScriptReader reader)
{
    private readonly Cursor cursor = reader.Cursor;

    /// <summary>Reads an expansion; the cursor is at its dollar sign.</summary>
    /// <param name="inQuotes">Whether it stands in double quotes or in a here-document.</param>
    public ParameterExpansion ReadBraced(bool inQuotes)
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Operator, 2);
        var parts = new ParameterParts();
        if (cursor.Enter())
            ReadInside(start, inQuotes, parts);
        cursor.Leave();
        if (cursor.Current == '}')
            cursor.Take(TokenKind.Operator, 1);
        else if (!parts.IsReported)
            cursor.Report(start, start + 2, "`${` is never closed", "expected `}`");
        return new ParameterExpansion(
            cursor.SpanFrom(start),
            cursor.String(parts.NameStart, parts.NameEnd),
            cursor.Span(parts.NameStart, parts.NameEnd),
            true,
            parts.IsIndirect,
            parts.IsLength,
            parts.Subscript,
            parts.Operator,
            parts.Argument,
            parts.Replacement,
            parts.Offset,
            parts.Length);
    }

    private void ReadInside(int start, bool inQuotes, ParameterParts parts)
    {
        ReadFlags(parts);
        parts.NameStart = cursor.Position;
        var length = Bytes.NameLength(cursor.Rest);
        var isName = length > 0;
        if (length == 0)
            length = Bytes.DigitCount(cursor.Rest);
        if (length == 0 && Bytes.IsSpecialParameter(cursor.Current))
            length = 1;
        cursor.Take(TokenKind.Name, length);
        parts.NameEnd = cursor.Position;
        if (length == 0)
        {
            SkipBad(start, parts);
            return;
        }
        if (isName && cursor.Current == '[')
            parts.Subscript = reader.Subscripts.Read();
        if (cursor.Current == '}' || cursor.AtEnd)
            return;
        ReadOperator(start, inQuotes, parts);
    }

    private void ReadFlags(ParameterParts parts)
    {
        // "#" is a length only before a name; otherwise it is the parameter $#. Likewise "!".
        var next = cursor.Peek(1);
        if (cursor.Current == '#' && (Bytes.IsNamePart(next) || (Bytes.IsSpecialParameter(next) && cursor.Peek(2) == '}')))
        {
            parts.IsLength = true;
            cursor.Take(TokenKind.Operator, 1);
        }
        else if (cursor.Current == '!' && (Bytes.IsNamePart(next)
            || (next is (byte)'#' or (byte)'@' or (byte)'*' or (byte)'$' or (byte)'!' && cursor.Peek(2) == '}')))
        {
            parts.IsIndirect = true;
            cursor.Take(TokenKind.Operator, 1);
        }
    }

    private void ReadOperator(int start, bool inQuotes, ParameterParts parts)
    {
        var (found, length) = Operator(parts.IsIndirect);
        if (found == ParameterOperator.None)
        {
            SkipBad(start, parts);
            return;
        }
        parts.Operator = found;
        cursor.Take(TokenKind.Operator, length);
        var words = new ArgumentReader(reader);
        switch (found)
        {
            case ParameterOperator.NamesWithPrefix or ParameterOperator.NamesWithPrefixAsWords:
                break;
            case ParameterOperator.Substring:
                parts.Offset = reader.Arithmetic.ReadUntil(ArithmeticEnd.Substring);
                if (cursor.Current == ':')
                {
                    cursor.Take(TokenKind.Operator, 1);
                    parts.Length = reader.Arithmetic.ReadUntil(ArithmeticEnd.Brace);
                }
                break;
            case >= ParameterOperator.ReplaceFirst and <= ParameterOperator.ReplaceSuffix:
                parts.Argument = words.Read(inQuotes, singleQuotes: true, slash: found == ParameterOperator.ReplaceAll ? Slash.EndsUnlessFirst : Slash.Ends);
                if (cursor.Current == '/')
                {
                    cursor.Take(TokenKind.Operator, 1);
                    parts.Replacement = words.Read(inQuotes, singleQuotes: true, slash: Slash.IsText);
                }
                break;
            default:
                // In double quotes, single quotes are text after :- and its like, but quote in patterns.
                parts.Argument = words.Read(inQuotes, singleQuotes: !inQuotes || found > ParameterOperator.Substring, slash: Slash.IsText);
                break;
        }
    }

    private (ParameterOperator Operator, int Length) Operator(bool isIndirect)
    {
        byte first = cursor.Current, second = cursor.Peek(1);
        return (char)first switch
        {
            ':' => (char)second switch
            {
                '-' => (ParameterOperator.DefaultOrNull, 2),
                '=' => (ParameterOperator.AssignOrNull, 2),
                '?' => (ParameterOperator.ErrorOrNull, 2),
                '+' => (ParameterOperator.AlternativeOrNull, 2),
                _ => (ParameterOperator.Substring, 1),
            },
            '-' => (ParameterOperator.Default, 1),
            '=' => (ParameterOperator.Assign, 1),
            '?' => (ParameterOperator.Error, 1),
            '+' => (ParameterOperator.Alternative, 1),
            '#' => second == '#' ? (ParameterOperator.RemoveLongestPrefix, 2) : (ParameterOperator.RemoveShortestPrefix, 1),
            '%' => second == '%' ? (ParameterOperator.RemoveLongestSuffix, 2) : (ParameterOperator.RemoveShortestSuffix, 1),
            '/' => (char)second switch
            {
                '/' => (ParameterOperator.ReplaceAll, 2),
                '#' => (ParameterOperator.ReplacePrefix, 2),
                '%' => (ParameterOperator.ReplaceSuffix, 2),
                _ => (ParameterOperator.ReplaceFirst, 1),
            },
            '^' => second == '^' ? (ParameterOperator.UpperAll, 2) : (ParameterOperator.UpperFirst, 1),
            ',' => second == ',' ? (ParameterOperator.LowerAll, 2) : (ParameterOperator.LowerFirst, 1),
            '~' => second == '~' ? (ParameterOperator.ToggleAll, 2) : (ParameterOperator.ToggleFirst, 1),
            '*' when isIndirect && second == '}' => (ParameterOperator.NamesWithPrefix, 1),
            '@' when isIndirect && second == '}' => (ParameterOperator.NamesWithPrefixAsWords, 1),
            '@' => (ParameterOperator.Transform, 1),
            _ => (ParameterOperator.None, 0),
        };
    }

    // Skips to the closing brace, if it stands on the line.
    private void SkipBad(int start, ParameterParts parts)
    {
        parts.IsReported = true;
        var close = Math.Max(0, cursor.FindOnLine("}"u8));
        cursor.Take(TokenKind.Skipped, close);
        if (cursor.AtEnd && close == 0 && !cursor.State.IsAborted)
            cursor.Report(start, start + 2, "`${` is never closed", "expected `}`");
        else
            cursor.Report(start, cursor.Position + 1, "bad substitution", "after `${` comes a name, then `}` or an operator such as `:-`");
    }

    private sealed class ParameterParts
    {
        public int NameStart, NameEnd;
        public bool IsIndirect, IsLength, IsReported;
        public Subscript? Subscript;
        public ParameterOperator Operator;
        public Word? Argument, Replacement;
        public ArithmeticExpression? Offset, Length;
    }
}
