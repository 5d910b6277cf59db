using System.Text;
using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Patching;

/// <summary>Proves that a patch changes a script nowhere but in its regions.</summary>
internal static class PatchGuard
{
    /// <summary>Linux takes at most 128 KiB in one argument, the final NUL included (MAX_ARG_STRLEN).</summary>
    private const int MaximumLength = 131072;

    /// <summary>
    /// Checks that the patched script parses, that its syntax tree is the original's with the statements of the regions in
    /// it, and that taking the regions out gives the original byte for byte.
    /// </summary>
    /// <returns>The fault; null when there is none.</returns>
    public static Diagnostic? Check(
        ScriptText original, BashSyntaxTree tree, ScriptText patched, IReadOnlyList<Insertion> insertions)
    {
        var apart = PatchedText.Split(patched);
        if (apart.Damage is not null || !apart.Original.Raw.AsSpan().SequenceEqual(original.Raw) || apart.Regions.Any(r => r.WasEdited))
            return Broken(PortDiagnostics.UnsafePatch, "taking the edits out again would not give the same bytes");
        if (patched.Bytes.Length >= MaximumLength)
        {
            return Broken(PortDiagnostics.TooLong,
                $"with the patch it would have {patched.Bytes.Length} bytes, and 'bash -c \"$(curl …)\"' takes {MaximumLength - 1}");
        }
        var result = BashSyntaxTree.Parse(patched.Bytes);
        if (result.Problems is [var problem, ..])
            return Broken(PortDiagnostics.UnsafePatch, $"the result does not parse (line {result.Lines.LineAt(problem.Span.Start)}: {problem.Message})");
        var positions = new Positions(original, insertions);
        return Outside(result, positions).SequenceEqual(Expected(tree, positions))
            ? null
            : Broken(PortDiagnostics.UnsafePatch, "the edits would change the meaning of statements around them");

        Diagnostic Broken(DiagnosticDescriptor descriptor, string message) => Refusals.Whole(original.Path, descriptor, message);
    }

    // The root is longer by the regions.
    private static IEnumerable<(SyntaxKind Kind, TextSpan Span)> Expected(BashSyntaxTree tree, Positions positions) =>
        from node in tree.Root.DescendantsAndSelf()
        where node is not Script
        select (node.Kind, positions.InPatched(node.Span));

    private static IEnumerable<(SyntaxKind Kind, TextSpan Span)> Outside(BashSyntaxTree result, Positions positions) =>
        from node in result.Root.DescendantsAndSelf()
        where node is not Script && !positions.IsInserted(node.Span.Start)
        select (node.Kind, node.Span);

    /// <summary>Converts offsets of the original into offsets of the patched script.</summary>
    private sealed class Positions
    {
        private readonly List<(int Original, TextSpan Patched)> inserted = [];

        public Positions(ScriptText original, IReadOnlyList<Insertion> insertions)
        {
            var added = 0;
            foreach (var insertion in insertions)
            {
                var at = original.LineStart(insertion.Line);
                var length = Encoding.UTF8.GetByteCount(insertion.Text(original, "\n"));
                inserted.Add((at, new TextSpan(at + added, at + added + length)));
                added += length;
            }
        }

        public bool IsInserted(int offset) => inserted.Exists(i => i.Patched.Contains(offset));

        public TextSpan InPatched(TextSpan span) => new(span.Start + AddedAt(span.Start), span.End + AddedBefore(span.End));

        private int AddedAt(int offset) => inserted.Where(i => i.Original <= offset).Sum(i => i.Patched.Length);

        // A node that ends where a region begins does not reach into it.
        private int AddedBefore(int offset) => inserted.Where(i => i.Original < offset).Sum(i => i.Patched.Length);
    }
}
