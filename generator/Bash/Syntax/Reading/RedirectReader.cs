using System.Collections.Immutable;
using System.Globalization;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads redirections (bash manual, Redirections).</summary>
internal sealed class RedirectReader(ScriptReader reader)
{
    private readonly Cursor cursor = reader.Cursor;
    private readonly NodeStack<Redirect> redirects = new();

    /// <summary>Reads the redirections after a compound command.</summary>
    public ImmutableArray<Redirect> ReadAll()
    {
        var mark = redirects.Count;
        while (true)
        {
            // A comment is not read here: it belongs to the list that goes on.
            var end = cursor.Position;
            cursor.SkipBlanks();
            if (Read() is not { } redirect)
            {
                cursor.Position = end;
                return redirects.Take(mark);
            }
            redirects.Push(redirect);
        }
    }

    /// <summary>Reads a redirection; null when none begins here.</summary>
    public Redirect? Read()
    {
        var prefix = PrefixLength();
        if (prefix < 0)
            return null;
        var (found, length) = Operator(prefix);
        if (length == 0)
            return null;
        var start = cursor.Position;
        int? descriptor = null;
        string? variable = null;
        if (prefix > 0)
        {
            if (cursor.Current == '{')
                variable = cursor.String(start + 1, start + prefix - 1);
            else if (int.TryParse(cursor.String(start, start + prefix), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                descriptor = number;
            cursor.Take(TokenKind.Literal, prefix);
        }
        var at = cursor.Position;
        cursor.Take(TokenKind.Operator, length);
        var end = cursor.Position;
        cursor.SkipBlanks();
        var targetStart = cursor.Position;
        var target = reader.Words.Read();
        if (target is null)
        {
            cursor.Position = end;
            cursor.Report(at, end, $"expected a word after `{cursor.String(at, end)}`", "a redirection needs a file, a descriptor or a text");
        }
        var redirect = new Redirect(cursor.SpanFrom(start), descriptor, variable, found, target);
        if (target is not null && found is RedirectOperator.HereDocument or RedirectOperator.HereDocumentStripped)
            reader.HereDocuments.Expect(redirect, targetStart, cursor.Position);
        return redirect;
    }

    // Length of the descriptor before the operator; -1 when no redirection begins here.
    private int PrefixLength()
    {
        switch (cursor.Current)
        {
            case (byte)'<' or (byte)'>':
                return 0;
            case (byte)'&':
                return cursor.Peek(1) == '>' ? 0 : -1;
            case >= (byte)'0' and <= (byte)'9':
                var digits = Bytes.DigitCount(cursor.Rest);
                return cursor.Peek(digits) is (byte)'<' or (byte)'>' ? digits : -1;
            case (byte)'{':
                var name = Bytes.NameLength(cursor.Rest[1..]);
                return name > 0 && cursor.Peek(name + 1) == '}' && cursor.Peek(name + 2) is (byte)'<' or (byte)'>' ? name + 2 : -1;
            default:
                return -1;
        }
    }

    private (RedirectOperator Operator, int Length) Operator(int at)
    {
        byte second = cursor.Peek(at + 1), third = cursor.Peek(at + 2);
        return ((char)cursor.Peek(at), (char)second) switch
        {
            // A process substitution is a word, and so ends a number before it.
            ('<' or '>', '(') => (RedirectOperator.Input, 0),
            ('<', '<') => third switch
            {
                (byte)'<' => (RedirectOperator.HereString, 3),
                (byte)'-' => (RedirectOperator.HereDocumentStripped, 3),
                _ => (RedirectOperator.HereDocument, 2),
            },
            ('<', '&') => (RedirectOperator.DuplicateInput, 2),
            ('<', '>') => (RedirectOperator.ReadWrite, 2),
            ('<', _) => (RedirectOperator.Input, 1),
            ('>', '>') => (RedirectOperator.Append, 2),
            ('>', '&') => (RedirectOperator.DuplicateOutput, 2),
            ('>', '|') => (RedirectOperator.Clobber, 2),
            ('>', _) => (RedirectOperator.Output, 1),
            ('&', '>') => third == '>' ? (RedirectOperator.AppendOutputAndError, 3) : (RedirectOperator.OutputAndError, 2),
            _ => (RedirectOperator.Input, 0),
        };
    }
}
