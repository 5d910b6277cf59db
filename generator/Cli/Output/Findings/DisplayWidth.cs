using System.Globalization;
using System.Text;

namespace VmRecovery.Cli.Output.Findings;

/// <summary>The number of terminal columns that text takes.</summary>
internal static class DisplayWidth
{
    /// <summary>Returns the columns of a text without tabs and control characters.</summary>
    public static int Of(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
            width += Of(rune);
        return width;
    }

    /// <summary>
    /// Returns the columns of a character: 0 for combining marks, 2 for East Asian wide ones and emoji.
    /// </summary>
    public static int Of(Rune rune)
    {
        if (rune.IsAscii)
            return 1;
        if (
            Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format
        )
            return 0;
        return rune.Value switch
        {
            >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF =>
                2,
            >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6 => 2,
            >= 0x1F300
            and <= 0x1F64F
            or >= 0x1F680
            and <= 0x1F6FF
            or >= 0x1F900
            and <= 0x1FAFF
            or >= 0x20000
            and <= 0x3FFFD => 2,
            _ => 1,
        };
    }
}
