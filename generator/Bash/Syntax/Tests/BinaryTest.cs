using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A comparison of two words, such as <c>a == b</c> or <c>1 -lt 2</c>.</summary>
public sealed class BinaryTest(
    TextSpan span,
    Word left,
    string @operator,
    TextSpan operatorSpan,
    Word right) : TestExpression(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.BinaryTest;

    /// <summary>The left operand.</summary>
    public Word Left { get; } = left;

    /// <summary>The operator, such as <c>==</c>, <c>=~</c> or <c>-nt</c>.</summary>
    public string Operator { get; } = @operator;

    /// <summary>The bytes of the operator.</summary>
    public TextSpan OperatorSpan { get; } = operatorSpan;

    /// <summary>The right operand; a pattern or a regular expression for some operators.</summary>
    public Word Right { get; } = right;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        children.Add(Left);
        children.Add(Right);
    }
}
