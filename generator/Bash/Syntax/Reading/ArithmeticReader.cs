using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads arithmetic expressions (bash manual, Shell Arithmetic).</summary>
internal sealed class ArithmeticReader(ScriptReader reader)
{
    private readonly Cursor cursor = reader.Cursor;
    private readonly ArithmeticOperandReader operands = new(reader);
    private readonly NodeStack<ArithmeticExpression> stack = new();

    /// <summary>
    /// Reads up to a closer, which is left. Text that is no expression, which bash finds out only when it is
    /// evaluated, becomes one <see cref="ArithmeticWord"/>.
    /// </summary>
    /// <param name="end">The closer.</param>
    /// <param name="isOperand">Whether the expression is a part of another one: a subscript in it.</param>
    public ArithmeticExpression? ReadUntil(ArithmeticEnd end, bool isOperand = false)
    {
        operands.SkipSpace();
        if (AtClose(end))
            return null;
        var start = cursor.Position;
        var mark = operands.Parts.Count;
        var expression = ReadSequence();
        var last = cursor.Position;
        operands.SkipSpace();
        if (expression is null || !AtClose(end))
        {
            cursor.Position = last;
            expression = operands.ReadAsWord(start, mark, end);
            operands.SkipSpace();
        }
        if (!isOperand)
            operands.Parts.Truncate(mark);
        return expression;
    }

    private bool AtClose(ArithmeticEnd end) => operands.AtClose(end);

    private ArithmeticExpression? ReadSequence()
    {
        if (ReadAssignment() is not { } first)
            return null;
        if (!TakeOperator(","u8))
            return first;
        var mark = stack.Count;
        stack.Push(first);
        do
        {
            if (ReadAssignment() is not { } next)
            {
                stack.Truncate(mark);
                return null;
            }
            stack.Push(next);
        }
        while (TakeOperator(","u8));
        return new ArithmeticSequence(Join(first, stack[stack.Count - 1]), stack.Take(mark));
    }

    private ArithmeticExpression? ReadAssignment()
    {
        if (ReadConditional() is not { } target)
            return null;
        operands.SkipSpace();
        if (ArithmeticOperators.Assignment(cursor.Rest) is not { } assignment)
            return target;
        cursor.Take(TokenKind.Operator, assignment.Length);
        var value = cursor.Enter() ? ReadAssignment() : null;
        cursor.Leave();
        return value is null ? null : new ArithmeticAssignment(Join(target, value), target, assignment, value);
    }

    private ArithmeticExpression? ReadConditional()
    {
        var condition = ReadBinary(1);
        if (condition is null || !TakeOperator("?"u8))
            return condition;
        ArithmeticExpression? whenTrue = null, whenFalse = null;
        if (cursor.Enter())
        {
            whenTrue = ReadSequence();
            if (whenTrue is not null && TakeOperator(":"u8))
                whenFalse = ReadConditional();
        }
        cursor.Leave();
        return whenTrue is null || whenFalse is null ? null
            : new ArithmeticConditional(Join(condition, whenFalse), condition, whenTrue, whenFalse);
    }

    // Operators of one level are read into one flat node; only higher levels recur.
    private ArithmeticExpression? ReadBinary(int lowest)
    {
        var left = ReadUnary();
        while (left is not null)
        {
            operands.SkipSpace();
            var level = ArithmeticOperators.Level(cursor.Rest, out var length);
            if (level < lowest)
                break;
            left = level == ArithmeticOperators.Power ? ReadPower(left) : ReadLevel(left, level, length);
        }
        return left;
    }

    private ArithmeticBinary? ReadPower(ArithmeticExpression left)
    {
        cursor.Take(TokenKind.Operator, 2);
        var right = cursor.Enter() ? ReadBinary(ArithmeticOperators.Power) : null;
        cursor.Leave();
        return right is null ? null : new ArithmeticBinary(Join(left, right), [left, right], ["**"]);
    }

    private ArithmeticBinary? ReadLevel(ArithmeticExpression first, int level, int length)
    {
        var mark = stack.Count;
        stack.Push(first);
        var found = ImmutableArray.CreateBuilder<string>();
        while (true)
        {
            found.Add(cursor.String(cursor.Position, cursor.Position + length));
            cursor.Take(TokenKind.Operator, length);
            if (ReadBinary(level + 1) is not { } next)
            {
                stack.Truncate(mark);
                return null;
            }
            stack.Push(next);
            operands.SkipSpace();
            if (ArithmeticOperators.Level(cursor.Rest, out length) != level)
                return new ArithmeticBinary(Join(first, next), stack.Take(mark), found.DrainToImmutable());
        }
    }

    private ArithmeticExpression? ReadUnary()
    {
        operands.SkipSpace();
        var length = ArithmeticOperators.Prefix(cursor.Rest);
        if (length > 0)
        {
            var start = cursor.Position;
            cursor.Take(TokenKind.Operator, length);
            var text = cursor.String(start, cursor.Position);
            var operand = cursor.Enter() ? ReadUnary() : null;
            cursor.Leave();
            return operand is null ? null
                : new ArithmeticUnary(new TextSpan(cursor.Span(start, start).Start, operand.Span.End), text, false, operand);
        }
        var primary = cursor.Current == '(' ? ReadParenthesized() : operands.Read();
        if (primary is not ArithmeticVariable)
            return primary;
        operands.SkipSpace();
        if (!cursor.StartsWith("++"u8) && !cursor.StartsWith("--"u8))
            return primary;
        var at = cursor.Position;
        cursor.Take(TokenKind.Operator, 2);
        return new ArithmeticUnary(
            new TextSpan(primary.Span.Start, cursor.SpanFrom(at).End), cursor.String(at, cursor.Position), true, primary);
    }

    private ArithmeticParenthesized? ReadParenthesized()
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Operator, 1);
        var inner = cursor.Enter() ? ReadSequence() : null;
        cursor.Leave();
        operands.SkipSpace();
        if (inner is null || cursor.Current != ')')
            return null;
        cursor.Take(TokenKind.Operator, 1);
        return new ArithmeticParenthesized(cursor.SpanFrom(start), inner);
    }

    private bool TakeOperator(ReadOnlySpan<byte> text)
    {
        operands.SkipSpace();
        if (!cursor.StartsWith(text))
            return false;
        cursor.Take(TokenKind.Operator, text.Length);
        return true;
    }

    private static TextSpan Join(SyntaxNode first, SyntaxNode last) => new(first.Span.Start, last.Span.End);
}
