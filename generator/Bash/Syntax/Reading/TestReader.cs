using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads conditional expressions (bash manual, Conditional Constructs).</summary>
internal sealed class TestReader(ScriptReader reader)
{
    private readonly Cursor cursor = reader.Cursor;
    private readonly NodeStack<TestExpression> stack = new();

    /// <summary>Reads <c>[[ … ]]</c> without redirections; the expression is null when there is none.</summary>
    public TestExpression? Read()
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Keyword, 2);
        var expression = ReadOr();
        reader.Lines.SkipLines();
        if (AtClose())
        {
            if (expression is null && !isReported)
                cursor.Report(start, start + 2, "`[[` without an expression", "write a condition before `]]`");
            cursor.Take(TokenKind.Keyword, 2);
        }
        else if (!SkipToClose() || !isReported)
        {
            cursor.Report(start, start + 2, "`[[` is never closed", "expected `]]`");
        }
        isReported = false;
        return expression;
    }

    private bool isReported;

    private TestExpression? ReadOr() => ReadFlat("||"u8, isOr: true);

    private TestExpression? ReadFlat(ReadOnlySpan<byte> joining, bool isOr)
    {
        if ((isOr ? ReadFlat("&&"u8, isOr: false) : ReadTerm()) is not { } first)
            return null;
        var mark = stack.Count;
        while (true)
        {
            reader.Lines.SkipLines();
            if (!cursor.StartsWith(joining))
                break;
            var at = cursor.Position;
            cursor.Take(TokenKind.Operator, 2);
            if ((isOr ? ReadFlat("&&"u8, isOr: false) : ReadTerm()) is not { } next)
            {
                Fail(at, at + 2, $"expected a condition after `{cursor.String(at, at + 2)}`");
                break;
            }
            if (stack.Count == mark)
                stack.Push(first);
            stack.Push(next);
        }
        if (stack.Count == mark)
            return first;
        var span = new TextSpan(first.Span.Start, stack[stack.Count - 1].Span.End);
        return isOr ? new OrTest(span, stack.Take(mark)) : new AndTest(span, stack.Take(mark));
    }

    private TestExpression? ReadTerm()
    {
        reader.Lines.SkipLines();
        var start = cursor.Position;
        if (cursor.AtEnd || AtClose())
            return null;
        if (cursor.Current == '(')
            return ReadParenthesized();
        if (cursor.Current == '!' && Bytes.EndsWord(cursor.Peek(1)) && cursor.Peek(1) != '(' || cursor.StartsWith("!("u8))
        {
            cursor.Take(TokenKind.Operator, 1);
            var operand = cursor.Enter() ? ReadTerm() : null;
            cursor.Leave();
            if (operand is null)
            {
                Fail(start, start + 1, "expected a condition after `!`");
                return null;
            }
            return new NotTest(new TextSpan(cursor.Span(start, start).Start, operand.Span.End), operand);
        }
        var unary = TestOperators.Unary(cursor.Rest);
        return unary > 0 ? ReadUnary(unary) : ReadBinary();
    }

    private ParenthesizedTest? ReadParenthesized()
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Operator, 1);
        var inner = cursor.Enter() ? ReadOr() : null;
        cursor.Leave();
        reader.Lines.SkipLines();
        if (cursor.Current != ')')
        {
            Fail(start, start + 1, "`(` is never closed in this condition", "expected `)`");
            return inner is null ? null : new ParenthesizedTest(new TextSpan(cursor.Span(start, start).Start, inner.Span.End), inner);
        }
        cursor.Take(TokenKind.Operator, 1);
        if (inner is null)
            Fail(start, cursor.Position, "expected a condition in the parentheses");
        return inner is null ? null : new ParenthesizedTest(cursor.SpanFrom(start), inner);
    }

    private UnaryTest? ReadUnary(int length)
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Operator, length);
        var text = cursor.String(start, cursor.Position);
        var span = cursor.SpanFrom(start);
        cursor.SkipBlanks();
        if (AtClose() || reader.Words.Read() is not { } operand)
        {
            Fail(start, start + length, $"expected a word after `{text}`", "quote the operator to test it as a word");
            return null;
        }
        return new UnaryTest(new TextSpan(span.Start, operand.Span.End), text, span, operand);
    }

    private TestExpression? ReadBinary()
    {
        var start = cursor.Position;
        if (reader.Words.Read() is not { } left)
        {
            Fail(start, start + 1, $"unexpected `{cursor.String(start, Math.Min(start + 1, cursor.End))}` in a condition");
            return null;
        }
        cursor.SkipBlanks();
        var at = cursor.Position;
        var length = TestOperators.Binary(cursor.Rest);
        if (length == 0)
        {
            if (!AtTermEnd())
                Fail(at, at + 1, "expected an operator such as `==` or `-eq`", "a word with blanks needs quotes");
            else if (cursor.Current is (byte)'\n' or (byte)'#')
                Fail(start, at, "a word alone in a condition does not end a line", "test it by `-n`, or put the operator on this line");
            return new WordTest(left.Span, left);
        }
        cursor.Take(TokenKind.Operator, length);
        var text = cursor.String(at, cursor.Position);
        var span = cursor.SpanFrom(at);
        cursor.SkipBlanks();
        if (AtClose() || reader.Words.Read(text == "=~" ? WordMode.Regex : WordMode.Plain) is not { } right)
        {
            Fail(at, at + length, $"expected a word after `{text}`");
            return new WordTest(left.Span, left);
        }
        return new BinaryTest(new TextSpan(left.Span.Start, right.Span.End), left, text, span, right);
    }

    private bool AtTermEnd()
    {
        if (cursor.Current is 0 or (byte)'\n' or (byte)')' or (byte)'#' || AtClose())
            return true;
        return cursor.StartsWith("&&"u8) || cursor.StartsWith("||"u8);
    }

    private bool AtClose() => cursor.StartsWith("]]"u8) && Bytes.EndsWord(cursor.Peek(2));

    private void Fail(int start, int end, string message, string? hint = null)
    {
        if (!isReported)
            cursor.Report(start, end, message, hint);
        isReported = true;
    }

    // After a problem: the closer on the same line.
    private bool SkipToClose()
    {
        var close = cursor.FindOnLine("]]"u8);
        if (close < 0)
            return false;
        cursor.Take(TokenKind.Skipped, close);
        cursor.Take(TokenKind.Keyword, 2);
        return true;
    }
}
