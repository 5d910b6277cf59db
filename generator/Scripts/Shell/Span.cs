namespace VmRecovery.Scripts.Shell;

/// <summary>A stretch of a script: byte offsets, <paramref name="End"/> is the first byte after it.</summary>
internal readonly record struct Span(int Start, int End)
{
    /// <summary>Whether <paramref name="other"/> lies in it whole.</summary>
    public bool Contains(Span other) => Start <= other.Start && other.End <= End;
}
