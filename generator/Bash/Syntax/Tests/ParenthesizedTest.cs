using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>An expression in parentheses.</summary>
public sealed class ParenthesizedTest(TextSpan span, TestExpression expression) : TestExpression(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ParenthesizedTest;

    /// <summary>The expression.</summary>
    public TestExpression Expression { get; } = expression;

    internal override void CollectChildren(List<SyntaxNode> children) => children.Add(Expression);
}
