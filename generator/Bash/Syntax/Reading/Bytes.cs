using System.Buffers;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>The classes of bytes that the grammar of bash knows.</summary>
internal static class Bytes
{
    /// <summary>Bytes at which a run of unquoted text ends or needs a look.</summary>
    public static readonly SearchValues<byte> EndsLiteral = SearchValues.Create("\t\n \"$&'();<>\\`|"u8);

    /// <summary>Bytes that mean something between double quotes.</summary>
    public static readonly SearchValues<byte> SpecialInDoubleQuotes = SearchValues.Create("\"$\\`"u8);

    /// <summary>Bytes that mean something in a here-document.</summary>
    public static readonly SearchValues<byte> SpecialInHereDocument = SearchValues.Create("$\\`"u8);

    /// <summary>Whether a name may begin with the byte.</summary>
    public static bool BeginsName(byte b) => (byte)((b | 0x20) - 'a') < 26 || b == '_';

    public static bool IsDigit(byte b) => (byte)(b - '0') < 10;

    public static bool IsNamePart(byte b) => BeginsName(b) || IsDigit(b);

    /// <summary>Whether the byte is the name of a special parameter (bash manual, Special Parameters).</summary>
    public static bool IsSpecialParameter(byte b) =>
        b is (byte)'@' or (byte)'*' or (byte)'#' or (byte)'?' or (byte)'-' or (byte)'$' or (byte)'!';

    /// <summary>Whether a word ends before the byte; 0 is the end of the text.</summary>
    public static bool EndsWord(byte b) =>
        b is 0 or (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)';' or (byte)'&' or (byte)'|' or (byte)'<' or (byte)'>'
            or (byte)'(' or (byte)')';

    /// <summary>Number of bytes of the name at the start of a text; 0 when none is there.</summary>
    public static int NameLength(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || !BeginsName(text[0]))
            return 0;
        var length = 1;
        while (length < text.Length && IsNamePart(text[length]))
            length++;
        return length;
    }

    public static int DigitCount(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && IsDigit(text[length]))
            length++;
        return length;
    }
}
