using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>An expression in parentheses.</summary>
public sealed class ArithmeticParenthesized(
    TextSpan span,
    ArithmeticExpression expression) : ArithmeticExpression(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ArithmeticParenthesized;

    /// <summary>The expression.</summary>
    public ArithmeticExpression Expression { get; } = expression;

    internal override void CollectChildren(List<SyntaxNode> children) => children.Add(Expression);
}
