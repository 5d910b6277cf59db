namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reports and skips text that begins no command.</summary>
internal sealed class UnexpectedText(Cursor cursor)
{
    /// <summary>Skips an operator or a closing word without an opener; false when none is here.</summary>
    public bool Skip()
    {
        var length = cursor.Current switch
        {
            (byte)')' => 1,
            (byte)';' => cursor.StartsWith(";;&"u8) ? 3 : cursor.Peek(1) is (byte)';' or (byte)'&' ? 2 : 1,
            (byte)'&' => cursor.Peek(1) switch { (byte)'>' => 0, (byte)'&' => 2, _ => 1 },
            (byte)'|' => cursor.Peek(1) is (byte)'|' or (byte)'&' ? 2 : 1,
            _ => Keywords.Peek(cursor) is var keyword && keyword >= Keyword.Then ? Keywords.Length(keyword) : 0,
        };
        if (length == 0)
            return false;
        var start = cursor.Position;
        var text = cursor.String(start, start + length);
        cursor.Take(TokenKind.Skipped, length);
        cursor.Report(start, start + length, $"unexpected `{text}`", Hint(text));
        return true;
    }

    private static string? Hint(string text) => text switch
    {
        ")" => "no `(` is open here",
        "}" => "no `{` is open here",
        "fi" or "then" or "else" or "elif" => "no `if` is open here",
        "do" or "done" => "no loop is open here",
        "esac" or ";;" or ";&" or ";;&" => "no `case` is open here",
        "]]" => "no `[[` is open here",
        "in" => "`in` is a reserved word; quote it to run a command of that name",
        _ => "a command is missing before it",
    };

    /// <summary>Skips a byte that nothing begins with.</summary>
    public void SkipByte()
    {
        cursor.Report(cursor.Position, cursor.Position + 1, $"unexpected `{cursor.String(cursor.Position, cursor.Position + 1)}`");
        cursor.Take(TokenKind.Skipped, 1);
    }

    /// <summary>Reports the text here, which follows a command without a separator.</summary>
    public void ReportAfterCommand()
    {
        var end = cursor.Position;
        while (end < cursor.End && !Bytes.EndsWord(cursor.Text[end]))
            end++;
        end = Math.Max(end, cursor.Position + 1);
        cursor.Report(
            cursor.Position,
            end,
            $"unexpected `{cursor.String(cursor.Position, Math.Min(end, cursor.Position + 40))}` after a command",
            "separate commands by `;` or a line feed");
    }
}
