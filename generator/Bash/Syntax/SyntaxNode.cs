using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>
/// A node of the syntax tree of a script. Nodes are immutable and compare by reference. The span of a node contains
/// the spans of its children; only the body of a here-document lies outside, after the line of its redirect.
/// </summary>
public abstract class SyntaxNode
{
    private protected SyntaxNode(TextSpan span) => Span = span;

    /// <summary>The bytes of the node, without surrounding blanks and comments.</summary>
    public TextSpan Span { get; }

    /// <summary>The kind of the node, one for each node type.</summary>
    public abstract SyntaxKind Kind { get; }

    /// <summary>The node that has this one as a child; null for the root and before the tree is complete.</summary>
    public SyntaxNode? Parent { get; internal set; }

    /// <summary>The children in the order of the text; the body of a here-document comes last.</summary>
    public IReadOnlyList<SyntaxNode> Children
    {
        get
        {
            var children = new List<SyntaxNode>();
            CollectChildren(children);
            return children;
        }
    }

    /// <summary>The node and everything below it, parents first, in the order of the text.</summary>
    public IEnumerable<SyntaxNode> DescendantsAndSelf()
    {
        var waiting = new List<SyntaxNode> { this };
        while (waiting.Count > 0)
        {
            var node = waiting[^1];
            waiting.RemoveAt(waiting.Count - 1);
            yield return node;
            var first = waiting.Count;
            node.CollectChildren(waiting);
            waiting.Reverse(first, waiting.Count - first);
        }
    }

    /// <summary>The nodes around this one, the nearest first.</summary>
    public IEnumerable<SyntaxNode> Ancestors()
    {
        for (var node = Parent; node is not null; node = node.Parent)
            yield return node;
    }

    /// <summary>The span of the node, extended to the end of the here-documents that begin in it.</summary>
    public TextSpan FullSpan()
    {
        var end = Span.End;
        foreach (var node in DescendantsAndSelf())
            end = Math.Max(end, node.Span.End);
        return new TextSpan(Span.Start, end);
    }

    /// <summary>Appends the children in the order of the text.</summary>
    internal abstract void CollectChildren(List<SyntaxNode> children);

    /// <summary>Sorts what was appended after <paramref name="first"/> by position; it is nearly sorted.</summary>
    private protected static void Sort(List<SyntaxNode> children, int first)
    {
        for (var i = first + 1; i < children.Count; i++)
        {
            var node = children[i];
            var at = i;
            for (; at > first && children[at - 1].Span.Start > node.Span.Start; at--)
                children[at] = children[at - 1];
            children[at] = node;
        }
    }
}
