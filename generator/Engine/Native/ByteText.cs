using System.Text;

namespace VmRecovery.Engine.Native;

/// <summary>Text as the policy sees it, one character a byte, and as paths and .NET have it.</summary>
internal static class ByteText
{
    /// <summary>The bytes of a text that has one character a byte.</summary>
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>A text with one character a byte.</summary>
    public static string From(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>A .NET string as text with one character a byte.</summary>
    public static string FromUnicode(string text) => From(Encoding.UTF8.GetBytes(text));

    /// <summary>The path that a text with one character a byte means.</summary>
    public static string Path(string text) => Encoding.UTF8.GetString(Bytes(text));

    /// <summary>Words separated by NUL, as /proc has them.</summary>
    public static List<string> SplitNul(ReadOnlySpan<byte> bytes)
    {
        var words = new List<string>();
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)0);
            words.Add(From(end < 0 ? bytes : bytes[..end]));
            bytes = end < 0 ? [] : bytes[(end + 1)..];
        }
        return words;
    }
}
