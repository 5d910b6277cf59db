using System.Text;
using VmRecovery.Bash.Syntax;

namespace VmRecovery.Bash.Tests;

/// <summary>The properties that every tree has, whatever the script.</summary>
internal static class TreeCheck
{
    /// <summary>The first broken property; null when all hold.</summary>
    public static string? Violation(BashSyntaxTree tree) => BytesAreLost(tree) ?? SpansDoNotNest(tree);

    private static string? BytesAreLost(BashSyntaxTree tree)
    {
        var at = 0;
        foreach (var token in tree.Tokens)
        {
            if (token.Span.Start < at)
                return $"token {token} overlaps the one before it";
            if (Lost(tree, at, token.Span.Start) is { } lost)
                return lost;
            at = token.Span.End;
        }
        return Lost(tree, at, tree.Source.Length);
    }

    // Between tokens stand blanks, line feeds and escaped line feeds only.
    private static string? Lost(BashSyntaxTree tree, int start, int end)
    {
        var source = tree.Source.Span;
        for (var at = start; at < end; at++)
        {
            if (source[at] is (byte)' ' or (byte)'\t' or (byte)'\n')
                continue;
            if (source[at] == '\\' && at + 1 < end && source[at + 1] == '\n')
                continue;
            return $"byte {at}, line {tree.Lines.LineAt(at)}, belongs to no token";
        }
        return null;
    }

    private static string? SpansDoNotNest(BashSyntaxTree tree)
    {
        foreach (var node in tree.Root.DescendantsAndSelf())
        {
            var last = node.Span.Start;
            if (node.Span.End < node.Span.Start)
                return $"{node.Kind} {node.Span} ends before it begins";
            foreach (var child in node.Children)
            {
                if (child.Parent != node)
                    return $"{child.Kind} {child.Span} does not know its parent";
                if (child is HereDocument)
                {
                    if (child.Span.Start < node.Span.End)
                        return $"here-document {child.Span} begins in its redirection {node.Span}";
                    continue;
                }
                if (!node.Span.Contains(child.Span))
                    return $"{child.Kind} {child.Span} is not inside {node.Kind} {node.Span}, line {tree.Lines.LineAt(node.Span.Start)}";
                if (child.Span.Start < last)
                    return $"{child.Kind} {child.Span} overlaps its sibling in {node.Kind}, line {tree.Lines.LineAt(node.Span.Start)}";
                last = child.Span.End;
            }
        }
        return null;
    }

    /// <summary>Reads a text and checks the tree; null when all properties hold.</summary>
    public static string? Violation(byte[] source)
    {
        try
        {
            return Violation(BashSyntaxTree.Parse(source));
        }
#pragma warning disable CA1031 // Any exception is the finding.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception.ToString();
        }
    }

    /// <summary>A text for a message: short, on one line.</summary>
    public static string Shown(byte[] source)
    {
        var text = Encoding.UTF8.GetString(source);
        return text.Length > 2000 ? text[..2000] + "…" : text;
    }
}
