using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A subscript with its brackets.</summary>
public sealed class Subscript(TextSpan span, ArithmeticExpression? index, char? all) : SyntaxNode(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Subscript;

    /// <summary>
    /// The index. A key of an associative array that is no arithmetic expression is one <see
    /// cref="ArithmeticWord"/>. Null for all elements.
    /// </summary>
    public ArithmeticExpression? Index { get; } = index;

    /// <summary><c>@</c> or <c>*</c> for all elements; null for one.</summary>
    public char? All { get; } = all;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        if (Index is not null)
            children.Add(Index);
    }
}
