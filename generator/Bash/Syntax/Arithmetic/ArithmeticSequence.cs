using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>Expressions joined by commas; the last one is the value.</summary>
public sealed class ArithmeticSequence(
    TextSpan span,
    ImmutableArray<ArithmeticExpression> expressions) : ArithmeticExpression(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ArithmeticSequence;

    /// <summary>The expressions; at least two.</summary>
    public ImmutableArray<ArithmeticExpression> Expressions { get; } = expressions;

    internal override void CollectChildren(List<SyntaxNode> children) => children.AddRange(Expressions.AsSpan());
}
