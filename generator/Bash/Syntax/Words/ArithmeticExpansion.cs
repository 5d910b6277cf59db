using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>An arithmetic expansion <c>$((…))</c> or, in its old form, <c>$[…]</c>.</summary>
public sealed class ArithmeticExpansion(
    TextSpan span,
    bool isBracketed,
    ArithmeticExpression? expression) : WordPart(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ArithmeticExpansion;

    /// <summary>Whether the form is <c>$[…]</c>.</summary>
    public bool IsBracketed { get; } = isBracketed;

    /// <summary>The expression; null when there is none.</summary>
    public ArithmeticExpression? Expression { get; } = expression;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        if (Expression is not null)
            children.Add(Expression);
    }
}
