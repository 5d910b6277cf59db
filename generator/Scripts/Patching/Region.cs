using System.Security.Cryptography;
using System.Text;

namespace VmRecovery.Scripts.Patching;

/// <summary>Which of our insertions a region is; its name stands in the marker.</summary>
internal enum RegionKind
{
    /// <summary>Loads the recovery part of the library.</summary>
    Load,

    /// <summary>Carries the recovery part of the library.</summary>
    Inline,

    /// <summary>Replaces a clean-up that destroys whatever has the VM's number.</summary>
    Guard,

    /// <summary>Opens the function around the creation section.</summary>
    Section,

    /// <summary>Closes it and runs it.</summary>
    Run,
}

/// <summary>Lines of ours in a script, between two marker comments that carry their hash.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Lines">The lines between the markers.</param>
internal sealed record Region(RegionKind Kind, IReadOnlyList<string> Lines)
{
    /// <summary>Begins the line before a region.</summary>
    public const string Opening = "# >>> vmrecovery ";

    /// <summary>Begins the line after a region.</summary>
    public const string Closing = "# <<< vmrecovery ";

    /// <summary>Stands in the opening marker when the script had no line feed at its end.</summary>
    public const string NoFinalNewline = "no-final-newline";

    /// <summary>The name in the markers.</summary>
    public string Name => Kind.ToString().ToLowerInvariant();

    /// <summary>Twelve hexadecimal digits of the lines' SHA-256: a changed line is noticed.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Lines))))[..12];

    /// <summary>The region with its markers, one line each ended by <paramref name="lineEnding"/>.</summary>
    public string Render(string lineEnding, bool finalNewlineAdded = false)
    {
        var note = finalNewlineAdded ? " " + NoFinalNewline : "";
        IEnumerable<string> all = [$"{Opening}{Name} {Hash}{note}", .. Lines, Closing + Name];
        return string.Concat(all.Select(line => line + lineEnding));
    }
}
