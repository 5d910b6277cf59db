using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>An element of a compound assignment.</summary>
public sealed class ArrayElement(TextSpan span, Subscript? subscript, bool isAppend, Word? value) : SyntaxNode(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ArrayElement;

    /// <summary>The subscript of <c>[subscript]=value</c>, if there is one.</summary>
    public Subscript? Subscript { get; } = subscript;

    /// <summary>Whether the operator is <c>+=</c>.</summary>
    public bool IsAppend { get; } = isAppend;

    /// <summary>The value; null when it is empty.</summary>
    public Word? Value { get; } = value;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        if (Subscript is not null)
            children.Add(Subscript);
        if (Value is not null)
            children.Add(Value);
    }
}
