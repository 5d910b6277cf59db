namespace VmRecovery.Bash.Tests.Oracle;

/// <summary>A node of a syntax tree as two readers can compare it: shfmt's name of the kind, and the bytes.</summary>
internal readonly record struct PlacedNode(string Kind, int Start, int End) : IComparable<PlacedNode>
{
    public int CompareTo(PlacedNode other)
    {
        var byStart = Start.CompareTo(other.Start);
        if (byStart != 0)
            return byStart;
        var byEnd = End.CompareTo(other.End);
        return byEnd != 0 ? byEnd : string.CompareOrdinal(Kind, other.Kind);
    }

    public override string ToString() => $"{Kind} {Start} {End}";
}
