using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A test of one word, such as <c>-f file</c>.</summary>
public sealed class UnaryTest(
    TextSpan span,
    string @operator,
    TextSpan operatorSpan,
    Word operand) : TestExpression(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.UnaryTest;

    /// <summary>The operator with its dash.</summary>
    public string Operator { get; } = @operator;

    /// <summary>The bytes of the operator.</summary>
    public TextSpan OperatorSpan { get; } = operatorSpan;

    /// <summary>The operand.</summary>
    public Word Operand { get; } = operand;

    internal override void CollectChildren(List<SyntaxNode> children) => children.Add(Operand);
}
