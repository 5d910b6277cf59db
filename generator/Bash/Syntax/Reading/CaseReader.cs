using System.Collections.Immutable;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads <c>case</c> commands (bash manual, Conditional Constructs).</summary>
internal sealed class CaseReader(ScriptReader reader)
{
    private readonly Cursor cursor = reader.Cursor;
    private readonly NodeStack<CaseItem> items = new();
    private readonly NodeStack<Word> patterns = new();

    public CaseCommand Read()
    {
        var start = cursor.Position;
        cursor.Take(TokenKind.Keyword, 4);
        var end = cursor.Position;
        cursor.SkipBlanks();
        var subject = reader.Words.Read();
        if (subject is null)
        {
            cursor.Report(start, start + 4, "expected a word after `case`");
            subject = new Word(cursor.Span(end, end), []);
        }
        reader.Lines.SkipLines();
        if (!reader.Compounds.TakeCloser(Keyword.In))
            cursor.Report(start, start + 4, "`case` without `in`", "expected `in` after the word");
        var mark = items.Count;
        reader.Open.Cases++;
        while (true)
        {
            reader.Lines.SkipLines();
            if (cursor.AtEnd || Keywords.Peek(cursor) == Keyword.Esac || ReadItem() is not { } item)
                break;
            items.Push(item);
        }
        reader.Open.Cases--;
        if (!reader.Compounds.TakeCloser(Keyword.Esac))
            cursor.Report(start, start + 4, "`case` is never closed", "expected `esac`");
        var redirects = reader.Redirects.ReadAll();
        return new CaseCommand(cursor.SpanFrom(start), subject, items.Take(mark), redirects);
    }

    private CaseItem? ReadItem()
    {
        var start = cursor.Position;
        if (cursor.Current == '(')
            cursor.Take(TokenKind.Operator, 1);
        else if (reader.Open.WaitsFor(Keywords.Peek(cursor)))
            return null;
        var list = ReadPatterns();
        if (cursor.Current == ')')
        {
            cursor.Take(TokenKind.Operator, 1);
        }
        else
        {
            if (list.IsEmpty)
                return null;
            cursor.Report(start, list[^1].Span.End - cursor.Span(start, start).Start + start, "a pattern without `)`", "expected `)` after the pattern");
        }
        var body = reader.Statements.ReadList();
        var terminator = ReadTerminator();
        return new CaseItem(cursor.SpanToLast(start, body), list, body, terminator);
    }

    private ImmutableArray<Word> ReadPatterns()
    {
        var mark = patterns.Count;
        while (true)
        {
            cursor.SkipBlanks();
            if (reader.Words.Read() is not { } pattern)
                break;
            patterns.Push(pattern);
            cursor.SkipBlanks();
            if (cursor.Current != '|')
                break;
            cursor.Take(TokenKind.Operator, 1);
        }
        if (patterns.Count == mark && cursor.Current == ')')
            cursor.Report(cursor.Position, cursor.Position + 1, "expected a pattern before `)`");
        return patterns.Take(mark);
    }

    private CaseTerminator ReadTerminator()
    {
        var (terminator, length) = cursor.StartsWith(";;&"u8) ? (CaseTerminator.TryNext, 3)
            : cursor.StartsWith(";;"u8) ? (CaseTerminator.Break, 2)
            : cursor.StartsWith(";&"u8) ? (CaseTerminator.FallThrough, 2)
            : (CaseTerminator.None, 0);
        cursor.Take(TokenKind.Operator, length);
        return terminator;
    }
}
