using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>
/// Operands joined by operators of one level of precedence. Levels associate to the left; only <c>**</c> associates
/// to the right and has two operands.
/// </summary>
public sealed class ArithmeticBinary(
    TextSpan span,
    ImmutableArray<ArithmeticExpression> operands,
    ImmutableArray<string> operators) : ArithmeticExpression(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ArithmeticBinary;

    /// <summary>The operands; at least two.</summary>
    public ImmutableArray<ArithmeticExpression> Operands { get; } = operands;

    /// <summary>The operators; the n-th stands after the n-th operand.</summary>
    public ImmutableArray<string> Operators { get; } = operators;

    internal override void CollectChildren(List<SyntaxNode> children) => children.AddRange(Operands.AsSpan());
}
