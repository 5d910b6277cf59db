namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>The operators of conditional expressions (bash manual, Bash Conditional Expressions).</summary>
internal static class TestOperators
{
    /// <summary>Length of the unary operator that is the whole word at the start of a text; 0 for none.</summary>
    public static int Unary(ReadOnlySpan<byte> text) =>
        text.Length > 2 && text[0] == '-' && "abcdefghknoprstuvwxzGLNORS"u8.Contains(text[1]) && Bytes.EndsWord(text[2]) ? 2 : 0;

    /// <summary>Length of the binary operator at the start of a text; 0 for none.</summary>
    public static int Binary(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
            return 0;
        switch (text[0])
        {
            case (byte)'<' or (byte)'>':
                return text[1] is (byte)'(' or (byte)'<' or (byte)'>' or (byte)'&' or (byte)'|' ? 0 : 1;
            case (byte)'=' when Bytes.EndsWord(text[1]):
                return 1;
            case (byte)'=' when text[1] is (byte)'=' or (byte)'~':
            case (byte)'!' when text[1] == '=':
                return text.Length > 2 && Bytes.EndsWord(text[2]) ? 2 : 0;
            case (byte)'-' when text.Length > 3 && Bytes.EndsWord(text[3]):
                return IsComparison(text.Slice(1, 2)) ? 3 : 0;
            default:
                return 0;
        }
    }

    private static bool IsComparison(ReadOnlySpan<byte> letters) =>
        letters.SequenceEqual("eq"u8) || letters.SequenceEqual("ne"u8) || letters.SequenceEqual("lt"u8)
        || letters.SequenceEqual("le"u8) || letters.SequenceEqual("gt"u8) || letters.SequenceEqual("ge"u8)
        || letters.SequenceEqual("nt"u8) || letters.SequenceEqual("ot"u8) || letters.SequenceEqual("ef"u8);
}
