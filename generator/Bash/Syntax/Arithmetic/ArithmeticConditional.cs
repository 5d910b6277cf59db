using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A conditional expression <c>a ? b : c</c>.</summary>
public sealed class ArithmeticConditional(
    TextSpan span,
    ArithmeticExpression condition,
    ArithmeticExpression whenTrue,
    ArithmeticExpression whenFalse) : ArithmeticExpression(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ArithmeticConditional;

    /// <summary>The condition.</summary>
    public ArithmeticExpression Condition { get; } = condition;

    /// <summary>The value when the condition is not 0.</summary>
    public ArithmeticExpression WhenTrue { get; } = whenTrue;

    /// <summary>The value when the condition is 0.</summary>
    public ArithmeticExpression WhenFalse { get; } = whenFalse;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        children.Add(Condition);
        children.Add(WhenTrue);
        children.Add(WhenFalse);
    }
}
