using System.Collections.Immutable;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads compound commands (bash manual, Compound Commands).</summary>
internal sealed class CompoundReader(ScriptReader reader)
{
    private readonly Cursor cursor = reader.Cursor;
    private readonly NodeStack<IfClause> clauses = new();

    /// <summary>Reads the compound command that begins with a reserved word or a parenthesis.</summary>
    public Command Read(Keyword keyword) => keyword switch
    {
        Keyword.OpenBrace => ReadGroup(),
        Keyword.OpenTest => ReadTest(),
        Keyword.If => ReadIf(),
        Keyword.While or Keyword.Until => reader.Loops.ReadWhile(keyword),
        Keyword.For or Keyword.Select => reader.Loops.ReadFor(keyword),
        Keyword.Case => reader.Cases.Read(),
        _ => cursor.Peek(1) == '(' && reader.Expansions.ClosesTwice(cursor.Position + 2) ? ReadArithmetic() : ReadSubshell(),
    };

    /// <summary>Reads the braces that may stand in place of <c>do</c> and <c>done</c>, or around statements.</summary>
    public ImmutableArray<Statement> ReadBraces()
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Keyword, 1);
        reader.Open.Groups++;
        var body = reader.Statements.ReadListAfter("{");
        reader.Open.Groups--;
        if (!TakeCloser(Keyword.CloseBrace))
            cursor.Report(start, start + 1, "`{` is never closed", "expected `}` where a command begins");
        return body;
    }

    /// <summary>Reads the reserved word if it is here.</summary>
    public bool TakeCloser(Keyword keyword)
    {
        if (Keywords.Peek(cursor) != keyword)
            return false;
        cursor.Take(TokenKind.Keyword, Keywords.Length(keyword));
        return true;
    }

    private Group ReadGroup()
    {
        var start = cursor.Position;
        var body = ReadBraces();
        var redirects = reader.Redirects.ReadAll();
        return new Group(cursor.SpanFrom(start), body, redirects);
    }

    private Subshell ReadSubshell()
    {
        var start = cursor.Position;
        var body = reader.Expansions.ReadInParentheses(1);
        if (body.IsEmpty && cursor.Position > start + 1)
            cursor.Report(start, cursor.Position, "expected a command in the parentheses", "bash wants at least one command here; `:` does nothing");
        var redirects = reader.Redirects.ReadAll();
        return new Subshell(cursor.SpanFrom(start), body, redirects);
    }

    private TestCommand ReadTest()
    {
        var start = cursor.Position;
        var expression = reader.Tests.Read();
        var redirects = reader.Redirects.ReadAll();
        return new TestCommand(cursor.SpanFrom(start), expression, redirects);
    }

    private ArithmeticCommand ReadArithmetic()
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Operator, 2);
        var expression = reader.Arithmetic.ReadUntil(ArithmeticEnd.Parentheses);
        if (cursor.StartsWith("))"u8))
            cursor.Take(TokenKind.Operator, 2);
        else
            cursor.Report(start, start + 2, "`((` is never closed", "expected `))`");
        var redirects = reader.Redirects.ReadAll();
        return new ArithmeticCommand(cursor.SpanFrom(start), expression, redirects);
    }

    private IfCommand ReadIf()
    {
        var start = cursor.Position;
        var mark = clauses.Count;
        reader.Open.Ifs++;
        var keyword = Keyword.If;
        do
        {
            clauses.Push(ReadClause(keyword));
            keyword = Keyword.Elif;
        }
        while (Keywords.Peek(cursor) == Keyword.Elif);
        var otherwise = Keywords.Peek(cursor) == Keyword.Else ? ReadElse() : null;
        reader.Open.Ifs--;
        if (!TakeCloser(Keyword.Fi))
            cursor.Report(start, start + 2, "`if` is never closed", "expected `fi`");
        var redirects = reader.Redirects.ReadAll();
        return new IfCommand(cursor.SpanFrom(start), clauses.Take(mark), otherwise, redirects);
    }

    private IfClause ReadClause(Keyword keyword)
    {
        var start = cursor.Position;
        var length = Keywords.Length(keyword);
        cursor.Take(TokenKind.Keyword, length);
        var condition = reader.Statements.ReadListAfter(keyword == Keyword.If ? "if" : "elif");
        ImmutableArray<Statement> body = [];
        if (TakeCloser(Keyword.Then))
            body = reader.Statements.ReadListAfter("then");
        else
            cursor.Report(start, start + length, $"`{(keyword == Keyword.If ? "if" : "elif")}` without `then`", "expected `then` after the condition");
        return new IfClause(cursor.SpanToLast(start, condition, body), condition, body);
    }

    private ElseClause ReadElse()
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Keyword, 4);
        var body = reader.Statements.ReadListAfter("else");
        return new ElseClause(cursor.SpanToLast(start, body), body);
    }
}
