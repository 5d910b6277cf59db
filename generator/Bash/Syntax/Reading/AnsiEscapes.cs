using System.Globalization;
using System.Text;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Decodes the escape sequences of <c>$'…'</c> (bash manual, ANSI-C Quoting).</summary>
internal static class AnsiEscapes
{
    public static string Decode(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(text);
        var decoded = new List<byte>(text.Length);
        while (!text.IsEmpty)
        {
            if (text[0] != '\\' || text.Length == 1)
            {
                decoded.Add(text[0]);
                text = text[1..];
            }
            else
            {
                text = text[(1 + DecodeOne(text[1..], decoded))..];
            }
        }
        return Encoding.UTF8.GetString([.. decoded]);
    }

    // Decodes the sequence after a backslash; returns its length.
    private static int DecodeOne(ReadOnlySpan<byte> text, List<byte> decoded)
    {
        const string letters = "abeEfnrtv\\'\"?";
        const string meanings = "\a\b\u001b\u001b\f\n\r\t\v\\'\"?";
        var letter = letters.IndexOf((char)text[0], StringComparison.Ordinal);
        if (letter >= 0)
        {
            decoded.Add((byte)meanings[letter]);
            return 1;
        }
        switch (text[0])
        {
            case >= (byte)'0' and <= (byte)'7':
                var octal = Digits(text, 3, "01234567");
                decoded.Add((byte)Convert.ToInt32(Encoding.ASCII.GetString(text[..octal]), 8));
                return octal;
            case (byte)'x':
                return Number(text, 2, decoded, asRune: false);
            case (byte)'u':
                return Number(text, 4, decoded, asRune: true);
            case (byte)'U':
                return Number(text, 8, decoded, asRune: true);
            case (byte)'c' when text.Length > 1:
                decoded.Add((byte)(text[1] & 0x1f));
                return 2;
            default:
                decoded.Add((byte)'\\');
                decoded.Add(text[0]);
                return 1;
        }
    }

    private static int Number(ReadOnlySpan<byte> text, int most, List<byte> decoded, bool asRune)
    {
        var digits = Digits(text[1..], most, "0123456789abcdefABCDEF");
        if (digits == 0)
        {
            decoded.Add((byte)'\\');
            decoded.Add(text[0]);
            return 1;
        }
        var value = uint.Parse(text.Slice(1, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        if (asRune)
            decoded.AddRange(Encoding.UTF8.GetBytes(Rune.TryCreate(value, out var rune) ? rune.ToString() : "\uFFFD"));
        else
            decoded.Add((byte)value);
        return 1 + digits;
    }

    private static int Digits(ReadOnlySpan<byte> text, int most, string digits)
    {
        var count = 0;
        while (count < most && count < text.Length && digits.Contains((char)text[count], StringComparison.Ordinal))
            count++;
        return count;
    }
}
