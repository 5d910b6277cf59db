using System.Buffers;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>A part of a word with its positions in the text that is read.</summary>
internal readonly record struct PlacedPart(WordPart Part, int Start, int End);

/// <summary>Reads the operands of arithmetic, and text that turns out to be no expression.</summary>
internal sealed class ArithmeticOperandReader(ScriptReader reader)
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("$`\"'\\()[]{}:;"u8);
    private readonly Cursor cursor = reader.Cursor;

    /// <summary>The expansions and strings of the expressions that are being read.</summary>
    public NodeStack<PlacedPart> Parts { get; } = new();

    /// <summary>Skips blanks, line feeds and escaped line feeds; here-documents begin after a line feed here, too.</summary>
    public void SkipSpace()
    {
        cursor.SkipBlanks();
        while (cursor.Current == '\n')
        {
            reader.Lines.TakeLineFeed();
            cursor.SkipBlanks();
        }
    }

    public bool AtClose(ArithmeticEnd end) => cursor.AtEnd || end switch
    {
        ArithmeticEnd.Parentheses => cursor.Current == ')',
        ArithmeticEnd.ForPart => cursor.Current is (byte)';' or (byte)')',
        ArithmeticEnd.Substring => cursor.Current is (byte)':' or (byte)'}',
        ArithmeticEnd.Brace => cursor.Current == '}',
        _ => cursor.Current == ']',
    };

    /// <summary>Reads a variable, a number or a word; null when none begins here.</summary>
    public ArithmeticExpression? Read()
    {
        var start = cursor.Position;
        var name = Bytes.NameLength(cursor.Rest);
        if (name > 0 && !BeginsPart(cursor.Peek(name)) && cursor.Peek(name) is not ((byte)'#' or (byte)'@'))
        {
            cursor.Take(TokenKind.Name, name);
            var text = cursor.String(start, cursor.Position);
            var subscript = cursor.Current == '[' ? reader.Subscripts.Read(isOperand: true) : null;
            return new ArithmeticVariable(cursor.SpanFrom(start), text, subscript);
        }
        var mark = Parts.Count;
        while (!cursor.AtEnd)
        {
            if (!ReadPart() && !ReadDigits())
                break;
        }
        if (cursor.Position == start)
            return null;
        var span = cursor.SpanFrom(start);
        if (Parts.Count == mark + 1 && Parts[mark].Part is Literal literal)
            return new ArithmeticNumber(span, literal.Value);
        var partMark = reader.PartStack.Count;
        for (var i = mark; i < Parts.Count; i++)
            reader.PartStack.Push(Parts[i].Part);
        return new ArithmeticWord(span, new Word(span, reader.PartStack.Take(partMark)));
    }

    /// <summary>Reads on to a closer and makes one word of everything since the start of the expression.</summary>
    /// <param name="start">The start of the expression.</param>
    /// <param name="mark">The number of <see cref="Parts"/> before it.</param>
    /// <param name="end">The closer.</param>
    public ArithmeticExpression ReadAsWord(int start, int mark, ArithmeticEnd end)
    {
        var failure = cursor.Position;
        ReadRest(end);
        var last = cursor.Position;
        while (last > start && cursor.Text[last - 1] is (byte)' ' or (byte)'\t' or (byte)'\n')
            last--;
        last = Math.Max(last, start + 1);
        var partMark = reader.PartStack.Count;
        var at = start;
        var isConstant = true;
        for (var i = mark; i < Parts.Count; i++)
        {
            var placed = Parts[i];
            isConstant &= placed.Part is Literal;
            AddLiteral(at, placed.Start);
            reader.PartStack.Push(placed.Part);
            at = placed.End;
        }
        AddLiteral(at, Math.Max(at, Math.Min(last, cursor.Position)));
        // With an expansion in it the text may still become an expression.
        if (isConstant && end is ArithmeticEnd.Parentheses or ArithmeticEnd.ForPart or ArithmeticEnd.Bracket)
        {
            cursor.Report(
                failure,
                failure + 1,
                "this is no arithmetic expression",
                "expected an operand, an operator or the closing brackets here");
        }
        var span = cursor.Span(start, Math.Max(at, Math.Min(last, cursor.Position)));
        return new ArithmeticWord(span, new Word(span, reader.PartStack.Take(partMark)));
    }

    private static bool BeginsPart(byte b) => b is (byte)'$' or (byte)'`' or (byte)'"' or (byte)'\'';

    private void AddLiteral(int start, int end)
    {
        if (end > start)
            reader.PartStack.Push(new Literal(cursor.Span(start, end), cursor.String(start, end)));
    }

    private bool ReadDigits()
    {
        var start = cursor.Position;
        while (Bytes.IsNamePart(cursor.Current) || (cursor.Current is (byte)'#' or (byte)'@' && cursor.Position > start))
            cursor.Position++;
        if (cursor.Position == start)
            return false;
        cursor.Token(TokenKind.Literal, start);
        Parts.Push(new PlacedPart(new Literal(cursor.SpanFrom(start), cursor.String(start, cursor.Position)), start, cursor.Position));
        return true;
    }

    private bool ReadPart()
    {
        var start = cursor.Position;
        WordPart? part = cursor.Current switch
        {
            (byte)'$' when ExpansionReader.Begins(cursor.Peek(1), inQuotes: false) => reader.Expansions.Read(inQuotes: false),
            (byte)'`' => reader.Backquotes.Read(inDoubleQuotes: false),
            (byte)'"' => reader.Quotes.ReadDouble(),
            (byte)'\'' => reader.Quotes.ReadSingle(),
            _ => null,
        };
        if (part is null)
            return false;
        Parts.Push(new PlacedPart(part, start, cursor.Position));
        return true;
    }

    private void ReadRest(ArithmeticEnd end)
    {
        var limit = cursor.End;
        byte close = end switch
        {
            ArithmeticEnd.Parentheses or ArithmeticEnd.ForPart => (byte)')',
            ArithmeticEnd.Substring or ArithmeticEnd.Brace => (byte)'}',
            _ => (byte)']',
        };
        // Without a closer the text ends at its line.
        if (reader.LookAhead.FindClose(cursor, cursor.Position, close) < 0 && cursor.Rest.IndexOf((byte)'\n') is >= 0 and var line)
            cursor.End = cursor.Position + line;
        var depth = 0;
        while (!cursor.AtEnd && !(depth == 0 && AtClose(end)))
        {
            if (ReadPart())
                continue;
            var start = cursor.Position;
            Step(close, ref depth);
            while (!cursor.AtEnd && !Special.Contains(cursor.Current))
                cursor.Position++;
            cursor.Token(TokenKind.Literal, start);
        }
        cursor.End = cursor.State.IsAborted ? cursor.Position : limit;
    }

    private void Step(byte close, ref int depth)
    {
        var b = cursor.Current;
        if (b == close)
            depth--;
        else if (b == '(' && close == ')' || b == '[' && close == ']')
            depth++;
        cursor.Position = Math.Min(cursor.Position + (b == '\\' ? 2 : 1), cursor.End);
    }
}
