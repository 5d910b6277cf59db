namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>The operators of arithmetic and their precedence (bash manual, Shell Arithmetic).</summary>
internal static class ArithmeticOperators
{
    /// <summary>The level of <c>**</c>, the only one that associates to the right.</summary>
    public const int Power = 11;

    private static readonly string[] Assignments = ["=", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "^=", "|="];

    /// <summary>The level of precedence of the binary operator at the start of a text, from 1 for <c>||</c>; 0 for none.</summary>
    public static int Level(ReadOnlySpan<byte> text, out int length)
    {
        length = 1;
        if (text.IsEmpty)
            return 0;
        byte second = At(text, 1), third = At(text, 2);
        switch (text[0])
        {
            case (byte)'|' or (byte)'&' when second == text[0]:
                length = 2;
                return text[0] == '|' ? 1 : 2;
            case (byte)'=' or (byte)'!':
                length = 2;
                return second == '=' ? 6 : 0;
            case (byte)'<' or (byte)'>' when second == text[0]:
                length = 2;
                return third == '=' ? 0 : 8;
            case (byte)'<' or (byte)'>':
                length = second == '=' ? 2 : 1;
                return 7;
            case (byte)'*' when second == '*':
                length = 2;
                return Power;
        }
        if (second == '=')
            return 0;
        return (char)text[0] switch
        {
            '|' => 3,
            '^' => 4,
            '&' => 5,
            '+' or '-' => 9,
            '*' or '/' or '%' => 10,
            _ => 0,
        };
    }

    /// <summary>Length of the operator before an operand at the start of a text; 0 for none.</summary>
    public static int Prefix(ReadOnlySpan<byte> text) => (char)At(text, 0) switch
    {
        // `--5` is two signs, `--x` is a decrement.
        '+' or '-' when At(text, 1) == text[0] && Bytes.BeginsName(At(text, 2)) => 2,
        '+' or '-' or '!' or '~' => 1,
        _ => 0,
    };

    /// <summary>The assignment operator at the start of a text.</summary>
    public static string? Assignment(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.StartsWith("=="u8))
            return null;
        foreach (var candidate in Assignments)
        {
            if (text.Length >= candidate.Length && System.Text.Ascii.Equals(text[..candidate.Length], candidate))
                return candidate;
        }
        return null;
    }

    private static byte At(ReadOnlySpan<byte> text, int index) => index < text.Length ? text[index] : (byte)0;
}
