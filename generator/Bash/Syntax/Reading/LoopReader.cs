using System.Collections.Immutable;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads loops (bash manual, Looping Constructs and Conditional Constructs).</summary>
internal sealed class LoopReader(ScriptReader reader)
{
    private readonly Cursor cursor = reader.Cursor;
    private readonly NodeStack<Word> words = new();

    public WhileLoop ReadWhile(Keyword keyword)
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Keyword, 5);
        reader.Open.Loops++;
        var condition = reader.Statements.ReadListAfter(keyword == Keyword.While ? "while" : "until");
        var body = ReadBody(start, 5, bracesAllowed: false);
        reader.Open.Loops--;
        var redirects = reader.Redirects.ReadAll();
        return new WhileLoop(cursor.SpanFrom(start), keyword == Keyword.Until, condition, body, redirects);
    }

    /// <summary>Reads <c>for</c> and <c>select</c>.</summary>
    public Command ReadFor(Keyword keyword)
    {
        var start = cursor.Position;
        var length = Keywords.Length(keyword);
        cursor.Take(TokenKind.Keyword, length);
        cursor.SkipBlanks();
        if (keyword == Keyword.For && cursor.StartsWith("(("u8))
            return ReadArithmeticFor(start);
        var nameStart = cursor.Position;
        while (!Bytes.EndsWord(cursor.Current))
            cursor.Position++;
        cursor.Token(TokenKind.Name, nameStart);
        var variable = cursor.String(nameStart, cursor.Position);
        var variableSpan = cursor.SpanFrom(nameStart);
        if (variableSpan.IsEmpty)
            cursor.Report(start, start + length, $"expected a name after `{(keyword == Keyword.For ? "for" : "select")}`");
        var (hasIn, list) = ReadWords();
        var body = ReadLoopBody(start, length);
        var redirects = reader.Redirects.ReadAll();
        var span = cursor.SpanFrom(start);
        return keyword == Keyword.For
            ? new ForLoop(span, variable, variableSpan, hasIn, list, body, redirects)
            : new SelectLoop(span, variable, variableSpan, hasIn, list, body, redirects);
    }

    private ArithmeticForLoop ReadArithmeticFor(int start)
    {
        var open = cursor.Position;
        cursor.Take(TokenKind.Operator, 2);
        var initial = reader.Arithmetic.ReadUntil(ArithmeticEnd.ForPart);
        var isComplete = TakeSemicolon();
        var condition = isComplete ? reader.Arithmetic.ReadUntil(ArithmeticEnd.ForPart) : null;
        isComplete = isComplete && TakeSemicolon();
        var step = isComplete ? reader.Arithmetic.ReadUntil(ArithmeticEnd.ForPart) : null;
        if (cursor.StartsWith("))"u8))
            cursor.Take(TokenKind.Operator, 2);
        else
            isComplete = false;
        if (!isComplete)
            cursor.Report(open, open + 2, "`for ((` needs three expressions", "expected `for ((initial; condition; step))`");
        cursor.SkipBlanks();
        if (cursor.Current == ';' && cursor.Peek(1) != ';')
            cursor.Take(TokenKind.Operator, 1);
        var body = ReadLoopBody(start, 3);
        var redirects = reader.Redirects.ReadAll();
        return new ArithmeticForLoop(cursor.SpanFrom(start), initial, condition, step, body, redirects);
    }

    private bool TakeSemicolon()
    {
        if (cursor.Current != ';')
            return false;
        cursor.Take(TokenKind.Operator, 1);
        return true;
    }

    // Reads `in words` up to the end of the line; the positional parameters are used without it.
    private (bool HasIn, ImmutableArray<Word> Words) ReadWords()
    {
        cursor.SkipBlanks();
        if (cursor.Current == ';' && cursor.Peek(1) != ';')
        {
            cursor.Take(TokenKind.Operator, 1);
            return (false, []);
        }
        reader.Lines.SkipLines();
        if (!reader.Compounds.TakeCloser(Keyword.In))
            return (false, []);
        var mark = words.Count;
        while (true)
        {
            cursor.SkipBlanks();
            if (cursor.Current == '#' || reader.Words.Read() is not { } word)
                break;
            words.Push(word);
        }
        if (cursor.Current == ';' && cursor.Peek(1) != ';')
            cursor.Take(TokenKind.Operator, 1);
        else if (cursor.Current is not ((byte)'\n' or (byte)'#' or 0))
            cursor.Report(cursor.Position, cursor.Position + 1, $"unexpected `{cursor.String(cursor.Position, cursor.Position + 1)}` in the words of a loop", "quote it, or end the words by `;`");
        return (true, words.Take(mark));
    }

    private ImmutableArray<Statement> ReadLoopBody(int start, int length)
    {
        reader.Open.Loops++;
        var body = ReadBody(start, length, bracesAllowed: true);
        reader.Open.Loops--;
        return body;
    }

    private ImmutableArray<Statement> ReadBody(int start, int length, bool bracesAllowed)
    {
        reader.Lines.SkipLines();
        if (bracesAllowed && Keywords.Peek(cursor) == Keyword.OpenBrace)
            return reader.Compounds.ReadBraces();
        var word = cursor.String(start, start + length);
        if (!reader.Compounds.TakeCloser(Keyword.Do))
        {
            cursor.Report(start, start + length, $"`{word}` without `do`", "expected `do` before the commands of the loop");
            if (!reader.Open.WaitsFor(Keywords.Peek(cursor)) || Keywords.Peek(cursor) != Keyword.Done)
                return [];
        }
        var body = reader.Statements.ReadListAfter("do");
        if (!reader.Compounds.TakeCloser(Keyword.Done))
            cursor.Report(start, start + length, $"`{word}` is never closed", "expected `done`");
        return body;
    }
}
