namespace VmRecovery.Bash.Tests.Oracle;

/// <summary>A node that only one of the two readers has.</summary>
/// <param name="Content">The hash of the file's content.</param>
/// <param name="IsOurs">Whether only our tree has the node; otherwise only shfmt's has it.</param>
/// <param name="Node">The node.</param>
internal sealed record Difference(string Content, bool IsOurs, PlacedNode Node)
{
    public override string ToString() => $"{Content}\t{(IsOurs ? "ours" : "shfmt")}\t{Node.Kind}\t{Node.Start}\t{Node.End}";
}
