using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>Two or more expressions joined by <c>&amp;&amp;</c>.</summary>
public sealed class AndTest(TextSpan span, ImmutableArray<TestExpression> operands) : TestExpression(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.AndTest;

    /// <summary>The expressions.</summary>
    public ImmutableArray<TestExpression> Operands { get; } = operands;

    internal override void CollectChildren(List<SyntaxNode> children) => children.AddRange(Operands.AsSpan());
}
