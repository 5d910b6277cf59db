namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads simple commands and declarations (bash manual, Simple Commands and Bash Builtins).</summary>
internal sealed class SimpleCommandReader(ScriptReader reader)
{
    private readonly Cursor cursor = reader.Cursor;
    private readonly NodeStack<Assignment> assignments = new();
    private readonly NodeStack<Word> words = new();
    private readonly NodeStack<Argument> arguments = new();
    private readonly NodeStack<Redirect> redirects = new();

    /// <summary>Reads a simple command, or the function that its first word begins; null when neither is here.</summary>
    public Command? Read()
    {
        var start = cursor.Position;
        var marks = (Assignments: assignments.Count, Words: words.Count, Redirects: redirects.Count);
        Builtin builtin = default;
        while (true)
        {
            var end = cursor.Position;
            cursor.SkipBlanks();
            if (reader.Redirects.Read() is { } redirect)
            {
                redirects.Push(redirect);
                continue;
            }
            if (words.Count == marks.Words && reader.Assignments.Read() is { } assignment)
            {
                assignments.Push(assignment);
                continue;
            }
            if (cursor.Current == '#' || reader.Words.Read() is not { } word)
            {
                if (cursor.Current == '(' && words.Count == marks.Words + 1
                    && BeginsFunction(marks) && reader.Functions.ReadAfterName(start, words[marks.Words]) is { } function)
                {
                    words.Truncate(marks.Words);
                    return function;
                }
                cursor.Position = end;
                break;
            }
            words.Push(word);
            if (words.Count == marks.Words + 1)
            {
                builtin = BuiltinOf(word);
                if (builtin == Builtin.Declaration)
                    return ReadDeclaration(start, marks.Assignments, marks.Words, marks.Redirects);
            }
            else if (builtin == Builtin.TakesArrays && cursor.Current == '(' && cursor.Text[cursor.Position - 1] == '=')
            {
                words.Push(WithArray(words.Take(words.Count - 1)[0]));
            }
        }
        if (cursor.Position == start)
            return null;
        return new SimpleCommand(
            cursor.SpanFrom(start), assignments.Take(marks.Assignments), words.Take(marks.Words), redirects.Take(marks.Redirects));
    }

    private enum Builtin
    {
        None,
        Declaration,
        TakesArrays,
    }

    private static Builtin BuiltinOf(Word word) => word.Parts is [Literal literal]
        ? literal.Value switch
        {
            "declare" or "local" or "export" or "readonly" or "typeset" => Builtin.Declaration,
            "eval" or "let" or "alias" => Builtin.TakesArrays,
            _ => Builtin.None,
        }
        : Builtin.None;

    private Declaration ReadDeclaration(int start, int assignmentMark, int wordMark, int redirectMark)
    {
        var name = words.Take(wordMark)[0];
        var mark = arguments.Count;
        while (true)
        {
            var end = cursor.Position;
            cursor.SkipBlanks();
            if (reader.Redirects.Read() is { } redirect)
            {
                redirects.Push(redirect);
                continue;
            }
            Argument? argument = cursor.Current == '#' ? null : reader.Assignments.Read();
            argument ??= cursor.Current == '#' ? null : reader.Words.Read();
            if (argument is null)
            {
                cursor.Position = end;
                break;
            }
            arguments.Push(argument);
        }
        return new Declaration(
            cursor.SpanFrom(start), assignments.Take(assignmentMark), name, arguments.Take(mark), redirects.Take(redirectMark));
    }

    private Word WithArray(Word word)
    {
        var array = reader.Assignments.ReadArray();
        return new Word(new(word.Span.Start, array.Span.End), word.Parts.Add(array));
    }

    private bool BeginsFunction((int Assignments, int Words, int Redirects) marks) =>
        assignments.Count == marks.Assignments && redirects.Count == marks.Redirects && words[marks.Words].Parts is [Literal];
}
