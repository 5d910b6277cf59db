namespace VmRecovery.Bash.Syntax;

/// <summary>
/// Visits a tree in the order of the text, parents before and after their children. The stack is on the heap: the
/// depth of the tree does not matter.
/// </summary>
public abstract class SyntaxWalker
{
    /// <summary>Visits <paramref name="root"/> and everything below it.</summary>
    public void Walk(SyntaxNode root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var waiting = new List<SyntaxNode?> { root };
        var open = new List<SyntaxNode>();
        var children = new List<SyntaxNode>();
        while (waiting.Count > 0)
        {
            var node = waiting[^1];
            waiting.RemoveAt(waiting.Count - 1);
            if (node is null)
            {
                Leave(open[^1]);
                open.RemoveAt(open.Count - 1);
                continue;
            }
            if (!Enter(node))
                continue;
            open.Add(node);
            waiting.Add(null);
            children.Clear();
            node.CollectChildren(children);
            for (var i = children.Count - 1; i >= 0; i--)
                waiting.Add(children[i]);
        }
    }

    /// <summary>Called before the children of a node; false skips them and <see cref="Leave"/>.</summary>
    protected virtual bool Enter(SyntaxNode node) => true;

    /// <summary>Called after the children of a node.</summary>
    protected virtual void Leave(SyntaxNode node)
    {
    }
}
