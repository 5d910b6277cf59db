using System.Globalization;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary>Sizes as Proxmox writes and reads them.</summary>
internal static class ByteSize
{
    /// <summary><c>8G</c>, <c>6656M</c>, <c>528K</c>: the largest unit that divides without rest.</summary>
    public static string Short(long bytes) => bytes switch
    {
        > 0 when bytes % (1L << 30) == 0 => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 30}G"),
        > 0 when bytes % (1L << 20) == 0 => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20}M"),
        > 0 when bytes % (1L << 10) == 0 => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 10}K"),
        _ => bytes.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Reads a number with an optional unit K, M, G or T; null when it is not one.</summary>
    /// <param name="text">The number, fractions allowed.</param>
    /// <param name="plainUnit">How many bytes a number without a unit counts.</param>
    public static long? Read(string text, long plainUnit)
    {
        if (text.Length == 0)
            return null;
        var unit = char.ToUpperInvariant(text[^1]) switch
        {
            'K' => 1L << 10,
            'M' => 1L << 20,
            'G' => 1L << 30,
            'T' => 1L << 40,
            _ => 0,
        };
        var number = unit == 0 ? text : text[..^1];
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
            return null;
        return (long)(count * (unit == 0 ? plainUnit : unit));
    }

    /// <summary><c>40.0 MiB</c>, as the progress lines have it.</summary>
    public static string Progress(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GiB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.0} MiB"),
        >= 1L << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 10):0.0} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes:0.0} B"),
    };
}
