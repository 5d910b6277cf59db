using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>An assignment, such as <c>a = 1</c> or <c>a += 2</c>.</summary>
public sealed class ArithmeticAssignment(
    TextSpan span,
    ArithmeticExpression target,
    string @operator,
    ArithmeticExpression value) : ArithmeticExpression(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ArithmeticAssignment;

    /// <summary>The variable.</summary>
    public ArithmeticExpression Target { get; } = target;

    /// <summary>The operator with its equals sign.</summary>
    public string Operator { get; } = @operator;

    /// <summary>The value.</summary>
    public ArithmeticExpression Value { get; } = value;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        children.Add(Target);
        children.Add(Value);
    }
}
