using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>An expression after <c>!</c>.</summary>
public sealed class NotTest(TextSpan span, TestExpression operand) : TestExpression(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.NotTest;

    /// <summary>The expression.</summary>
    public TestExpression Operand { get; } = operand;

    internal override void CollectChildren(List<SyntaxNode> children) => children.Add(Operand);
}
