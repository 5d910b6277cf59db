using System.Runtime.InteropServices;
using System.Text;
using VmRecovery.Engine.Native;

namespace VmRecovery.Engine.Effects;

/// <summary>What the user sees on standard error: plain text, one line a message.</summary>
internal static class Screen
{
    /// <summary>Writes a line; control characters do not get through. A reader that left is no error.</summary>
    public static void Write(string line) => WriteTo(2, Plain(line) + "\n");

    /// <summary>Text without control characters, also those of Unicode that turn its direction. One character a byte.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var hidden = text[i] < ' ' || text[i] == 0x7f ? 1 : HiddenLength(text, i);
            plain.Append(hidden > 0 ? ' ' : text[i]);
            i += hidden > 0 ? hidden - 1 : 0;
        }
        return plain.ToString();
    }

    /// <summary>Writes bytes to a descriptor.</summary>
    public static unsafe void WriteTo(int descriptor, string text)
    {
        var bytes = ByteText.Bytes(text);
        fixed (byte* first = bytes)
        {
            for (nint done = 0; done < bytes.Length;)
            {
                var written = Libc.Write(descriptor, first + done, bytes.Length - done);
                if (written < 0 && Marshal.GetLastPInvokeError() != 4)
                    return;
                done += written < 0 ? 0 : written;
            }
        }
    }

    /// <summary>C1 controls, and U+200B to U+200F, U+202A to U+202E, U+2066 to U+2069.</summary>
    private static int HiddenLength(string text, int i)
    {
        if (text[i] == 0xc2 && i + 1 < text.Length && text[i + 1] is >= '\x80' and <= '\x9f')
            return 2;
        if (text[i] != 0xe2 || i + 2 >= text.Length)
            return 0;
        return (text[i + 1], text[i + 2]) is ('\x80', (>= '\x8b' and <= '\x8f') or (>= '\xaa' and <= '\xae')) or ('\x81', >= '\xa6' and <= '\xa9') ? 3 : 0;
    }
}
