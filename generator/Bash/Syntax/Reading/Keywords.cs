namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Finds reserved words.</summary>
internal static class Keywords
{
    /// <summary>The reserved word at the cursor; a longer word is none.</summary>
    public static Keyword Peek(Cursor cursor)
    {
        var rest = cursor.Rest;
        if (rest.IsEmpty)
            return Keyword.None;
        var keyword = rest[0] switch
        {
            (byte)'!' => Match(rest, "!"u8, Keyword.Bang),
            (byte)'{' => Match(rest, "{"u8, Keyword.OpenBrace),
            (byte)'}' => Match(rest, "}"u8, Keyword.CloseBrace),
            (byte)']' => Match(rest, "]]"u8, Keyword.CloseTest),
            (byte)'[' => Match(rest, "[["u8, Keyword.OpenTest),
            (byte)'i' => Match(rest, "if"u8, Keyword.If) | Match(rest, "in"u8, Keyword.In),
            (byte)'t' => Match(rest, "then"u8, Keyword.Then) | Match(rest, "time"u8, Keyword.Time),
            (byte)'e' => Match(rest, "else"u8, Keyword.Else) | Match(rest, "elif"u8, Keyword.Elif) | Match(rest, "esac"u8, Keyword.Esac),
            (byte)'f' => Match(rest, "fi"u8, Keyword.Fi) | Match(rest, "for"u8, Keyword.For) | Match(rest, "function"u8, Keyword.Function),
            (byte)'d' => Match(rest, "do"u8, Keyword.Do) | Match(rest, "done"u8, Keyword.Done),
            (byte)'w' => Match(rest, "while"u8, Keyword.While),
            (byte)'u' => Match(rest, "until"u8, Keyword.Until),
            (byte)'c' => Match(rest, "case"u8, Keyword.Case) | Match(rest, "coproc"u8, Keyword.Coprocess),
            (byte)'s' => Match(rest, "select"u8, Keyword.Select),
            _ => Keyword.None,
        };
        return keyword;
    }

    /// <summary>Number of bytes of a reserved word.</summary>
    public static int Length(Keyword keyword) => keyword switch
    {
        Keyword.Bang or Keyword.OpenBrace or Keyword.CloseBrace => 1,
        Keyword.If or Keyword.Fi or Keyword.Do or Keyword.In or Keyword.OpenTest or Keyword.CloseTest => 2,
        Keyword.For => 3,
        Keyword.Time or Keyword.Case or Keyword.Then or Keyword.Elif or Keyword.Else or Keyword.Done or Keyword.Esac => 4,
        Keyword.While or Keyword.Until => 5,
        Keyword.Select or Keyword.Coprocess => 6,
        Keyword.Function => 8,
        _ => 0,
    };

    /// <summary>Whether a compound command begins with the word.</summary>
    public static bool OpensCompound(Keyword keyword) => keyword is Keyword.OpenBrace or Keyword.OpenTest or Keyword.If or Keyword.While
        or Keyword.Until or Keyword.For or Keyword.Case or Keyword.Select;

    // At most one of the candidates of a first letter matches, so that the others are 0.
    private static Keyword Match(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> word, Keyword keyword) =>
        rest.StartsWith(word) && EndsAt(rest, word.Length) ? keyword : Keyword.None;

    private static bool EndsAt(ReadOnlySpan<byte> rest, int length) =>
        length == rest.Length || Bytes.EndsWord(rest[length])
        || rest[length] == '\\' && length + 1 < rest.Length && rest[length + 1] == '\n';
}
