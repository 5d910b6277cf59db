using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads functions and coprocesses (bash manual, Shell Functions and Coprocesses).</summary>
internal sealed class FunctionReader(ScriptReader reader)
{
    private readonly Cursor cursor = reader.Cursor;

    /// <summary>Reads the rest of <c>name () body</c>; null when no <c>()</c> is here.</summary>
    /// <param name="start">The start of the name.</param>
    /// <param name="name">The name, which was read as a word.</param>
    public FunctionDefinition? ReadAfterName(int start, Word name)
    {
        if (!TakeParentheses())
            return null;
        var text = ((Literal)name.Parts[0]).Value;
        Command body;
        if (cursor.Enter())
            body = ReadBody(start, text);
        else
            body = Empty();
        cursor.Leave();
        return new FunctionDefinition(cursor.SpanFrom(start), text, name.Span, false, true, body);
    }

    /// <summary>Reads <c>function name [()] body</c>.</summary>
    public FunctionDefinition ReadAfterKeyword()
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Keyword, 8);
        cursor.SkipBlanks();
        var nameStart = cursor.Position;
        // Any word names a function here, quotes and all.
        reader.Words.Read();
        var name = cursor.String(nameStart, cursor.Position);
        var nameSpan = cursor.SpanFrom(nameStart);
        if (nameSpan.IsEmpty)
            cursor.Report(start, start + 8, "expected a name after `function`");
        var after = cursor.Position;
        cursor.SkipBlanks();
        var hasParentheses = TakeParentheses();
        if (!hasParentheses)
            cursor.Position = after;
        var body = ReadBody(start, name);
        return new FunctionDefinition(
            new TextSpan(cursor.Span(start, start).Start, Math.Max(nameSpan.End, body.Span.End)), name, nameSpan, true, hasParentheses, body);
    }

    /// <summary>Reads <c>coproc [name] command</c>.</summary>
    public Coprocess ReadCoprocess()
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Keyword, 6);
        cursor.SkipBlanks();
        string? name = null;
        var length = Bytes.NameLength(cursor.Rest);
        if (length > 0 && !BeginsCompound() && NameIsBeforeCompound(length))
        {
            name = cursor.String(cursor.Position, cursor.Position + length);
            cursor.Take(TokenKind.Name, length);
            cursor.SkipBlanks();
        }
        var command = reader.Statements.ReadCommand();
        if (command is null)
        {
            cursor.Report(start, start + 6, "expected a command after `coproc`");
            command = Empty();
        }
        return new Coprocess(new TextSpan(cursor.Span(start, start).Start, command.Span.End), name, command);
    }

    private Command ReadBody(int start, string name)
    {
        var end = cursor.Position;
        reader.Lines.SkipLines();
        var isCompound = BeginsCompound();
        if (isCompound && reader.Statements.ReadCommand() is { } body)
            return body;
        cursor.Report(start, Math.Max(end, start + 1), $"function `{name}` has no body", "expected `{` after the name");
        if (!cursor.AtEnd && !isCompound && cursor.Text.AsSpan(end, cursor.Position - end).Contains((byte)'\n'))
            return Empty();
        return reader.Statements.ReadCommand() ?? Empty();
    }

    private bool BeginsCompound() => cursor.Current == '(' || Keywords.OpensCompound(Keywords.Peek(cursor));

    private bool NameIsBeforeCompound(int length)
    {
        var start = cursor.Position;
        cursor.Position += length;
        cursor.SkipBlanks();
        var isBefore = cursor.Position > start + length && BeginsCompound();
        cursor.Position = start;
        return isBefore;
    }

    private bool TakeParentheses()
    {
        if (cursor.Current != '(')
            return false;
        var start = cursor.Position++;
        cursor.SkipBlanks();
        var close = cursor.Position;
        cursor.Position = start;
        if (close >= cursor.End || cursor.Text[close] != ')')
            return false;
        cursor.Take(TokenKind.Operator, 1);
        cursor.Position = close;
        cursor.Take(TokenKind.Operator, 1);
        return true;
    }

    private SimpleCommand Empty() => new(cursor.SpanFrom(cursor.Position), [], [], []);
}
