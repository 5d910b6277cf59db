namespace VmRecovery.Bash.Text;

/// <summary>A range of bytes of a script.</summary>
/// <param name="Start">Offset of the first byte.</param>
/// <param name="End">Offset of the first byte after the range; at least <paramref name="Start"/>.</param>
public readonly record struct TextSpan(int Start, int End)
{
    /// <summary>Number of bytes.</summary>
    public int Length => End - Start;

    /// <summary>Whether the range has no bytes.</summary>
    public bool IsEmpty => End == Start;

    /// <summary>Whether <paramref name="other"/> lies completely inside this range.</summary>
    public bool Contains(TextSpan other) => Start <= other.Start && other.End <= End;

    /// <summary>Whether the byte at <paramref name="offset"/> belongs to this range.</summary>
    public bool Contains(int offset) => Start <= offset && offset < End;

    /// <summary>Whether the two ranges share at least one byte.</summary>
    public bool Overlaps(TextSpan other) => Start < other.End && other.Start < End;
}
