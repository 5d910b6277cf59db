using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>An operator before or after one operand.</summary>
public sealed class ArithmeticUnary(
    TextSpan span,
    string @operator,
    bool isPostfix,
    ArithmeticExpression operand) : ArithmeticExpression(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ArithmeticUnary;

    /// <summary>One of <c>+ - ! ~ ++ --</c>.</summary>
    public string Operator { get; } = @operator;

    /// <summary>Whether the operator stands after the operand.</summary>
    public bool IsPostfix { get; } = isPostfix;

    /// <summary>The operand.</summary>
    public ArithmeticExpression Operand { get; } = operand;

    internal override void CollectChildren(List<SyntaxNode> children) => children.Add(Operand);
}
