using System.Globalization;
using VmRecovery.Bash.Syntax;

namespace VmRecovery.Bash.Tests.Oracle;

/// <summary>The committed digests of shfmt's trees and the differences to them, each with its reason.</summary>
internal static class KnownDifferences
{
    /// <summary>The places at which shfmt's tree is another one, and the reason.</summary>
    public static readonly IReadOnlyDictionary<string, string> Reasons = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["byte-order-mark"] = "shfmt takes a byte order mark and the first line after it for a command",
        ["negated-pipeline"] = "`! a | b` negates the pipeline; shfmt puts `!` into its first command",
        ["negated-test"] = "`[[ ! a && b ]]` negates a alone, as bash does; shfmt negates both",
        ["mixed-test"] = "`[[ a && b || c ]]` binds && first, as bash does; shfmt gives && and || one precedence",
        ["comment-backslash"] = "a backslash at the end of a comment quotes nothing; shfmt's comment goes on over the line feed",
    };

    private static string Folder => Path.Combine(Corpus.Root, "tests/Bash.Tests/Oracle");

    /// <summary>Path of the digests of ProxmoxVE's files: content, number of nodes, digest, path.</summary>
    public static string DigestPath => Path.Combine(Folder, "shfmt-digests.tsv");

    /// <summary>Path of the differences: content, side, kind, start, end, reason.</summary>
    public static string DifferencePath => Path.Combine(Folder, "shfmt-differences.tsv");

    /// <summary>The digest of shfmt's tree by the hash of a content.</summary>
    public static Dictionary<string, string> Digests() => File.ReadLines(DigestPath)
        .Select(line => line.Split('\t'))
        .ToDictionary(fields => fields[0], fields => fields[2], StringComparer.Ordinal);

    /// <summary>The differences by the hash of a content.</summary>
    public static ILookup<string, Difference> Read() => File.ReadLines(DifferencePath)
        .Select(line => line.Split('\t'))
        .Select(fields =>
        {
            Assert.Contains(fields[5], Reasons);
            return new Difference(fields[0], fields[1] == "ours", new PlacedNode(fields[2], Number(fields[3]), Number(fields[4])));
        })
        .ToLookup(difference => difference.Content, StringComparer.Ordinal);

    /// <summary>The reason of a difference; null when it is none that we know.</summary>
    public static string? ReasonOf(Difference difference, BashSyntaxTree tree)
    {
        var (kind, start, end) = difference.Node;
        if (start <= 3 && tree.Source.Span.StartsWith("\uFEFF"u8) && tree.Lines.LineAt(end) <= 2)
            return "byte-order-mark";
        if (tree.Source.Span.StartsWith("\uFEFF"u8) && tree.Lines.LineAt(start) == 1)
            return "byte-order-mark";
        if (kind == "Comment")
            return "comment-backslash";
        foreach (var node in tree.Root.DescendantsAndSelf())
        {
            if (node is Negation { Command: Pipeline } && node.Span.Start <= start && end <= node.FullSpan().End && kind is "Stmt" or "BinaryCmd")
                return "negated-pipeline";
            if (node is TestCommand && node.Span.Start <= start && end <= node.Span.End && kind is "UnaryTest" or "BinaryTest"
                && node.DescendantsAndSelf().Any(n => n is NotTest))
            {
                return "negated-test";
            }
            if (node is TestCommand && node.Span.Start <= start && end <= node.Span.End && kind == "BinaryTest"
                && node.DescendantsAndSelf().Any(n => n is OrTest) && node.DescendantsAndSelf().Any(n => n is AndTest))
            {
                return "mixed-test";
            }
        }
        return null;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
