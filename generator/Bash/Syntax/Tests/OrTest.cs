using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>Two or more expressions joined by <c>||</c>.</summary>
public sealed class OrTest(TextSpan span, ImmutableArray<TestExpression> operands) : TestExpression(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.OrTest;

    /// <summary>The expressions.</summary>
    public ImmutableArray<TestExpression> Operands { get; } = operands;

    internal override void CollectChildren(List<SyntaxNode> children) => children.AddRange(Operands.AsSpan());
}
