namespace VmRecovery.Scripts.Shell;

/// <summary>One node of a script's syntax tree.</summary>
/// <param name="Kind">
/// What it is: <c>Call</c>, <c>Function</c>, <c>If</c>, <c>While</c>, <c>For</c>, <c>Case</c>, <c>Block</c>, <c>Subshell</c>,
/// <c>Binary</c>, <c>Declaration</c>, <c>Statement</c>, <c>Word</c>, <c>Assignment</c>, <c>Redirect</c>, <c>Literal</c>,
/// <c>SingleQuoted</c>, <c>DoubleQuoted</c>, <c>Parameter</c>, <c>CommandSubstitution</c>, …
/// </param>
/// <param name="Role">Its place in the parent: <c>Args</c>, <c>Name</c>, <c>Body</c>, <c>Hdoc</c>, …</param>
/// <param name="Span">Where it is, without the bodies of its here-documents.</param>
/// <param name="Value">The text of a literal, of a single-quoted string, of a name.</param>
/// <param name="Children">Its parts, in the order of the text.</param>
internal sealed record SyntaxNode(string Kind, string Role, Span Span, string? Value, IReadOnlyList<SyntaxNode> Children)
{
    /// <summary>The first child in that place, or null.</summary>
    public SyntaxNode? Child(string role)
    {
        foreach (var child in Children)
        {
            if (child.Role == role)
                return child;
        }
        return null;
    }

    /// <summary>It and everything below it, parents first.</summary>
    public IEnumerable<SyntaxNode> DescendantsAndSelf()
    {
        var waiting = new Stack<SyntaxNode>();
        waiting.Push(this);
        while (waiting.TryPop(out var node))
        {
            yield return node;
            for (var i = node.Children.Count - 1; i >= 0; i--)
                waiting.Push(node.Children[i]);
        }
    }

    /// <summary>
    /// The text of a word as far as it is fixed: quotes removed, nothing expanded; null when any part depends on a
    /// variable or a command.
    /// </summary>
    public string? FixedText()
    {
        if (Kind is "Literal" or "SingleQuoted")
            return Value ?? "";
        if (Kind is not ("Word" or "DoubleQuoted"))
            return null;
        var text = "";
        foreach (var child in Children)
        {
            if (child.FixedText() is not { } part)
                return null;
            text += part;
        }
        return text;
    }
}
