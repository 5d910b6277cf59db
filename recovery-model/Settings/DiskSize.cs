using System.Globalization;

namespace VmRecovery.Model.Settings;

/// <summary>The size of a disk in the unit that a script uses: <c>8G</c> in most, <c>16</c> in some.</summary>
/// <param name="Number">How much.</param>
/// <param name="Unit">In what; empty for the script's own unit.</param>
internal sealed record DiskSize(long Number, string Unit)
{
    /// <summary>Half of it, and no less than one unit.</summary>
    internal DiskSize Less => this with { Number = Number / 2 > 0 ? Number / 2 : 1 };

    /// <summary>Whether less is possible.</summary>
    internal bool CanBeLess => Number > 1;

    /// <summary>Reads a size; null for anything else, such as the <c>+2G</c> of a disk that grows.</summary>
    internal static DiskSize? Parse(string text)
    {
        var digits = text.Length - text.TrimStart("0123456789".ToCharArray()).Length;
        var unit = text[digits..];
        return digits is > 0 and < 10
            && unit is "" or "K" or "M" or "G" or "T"
            && long.TryParse(text[..digits], CultureInfo.InvariantCulture, out var number) && number > 0
            ? new DiskSize(number, unit)
            : null;
    }

    /// <summary>As a script writes it.</summary>
    internal string Print() => Number.ToString(CultureInfo.InvariantCulture) + Unit;
}
