using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>An <c>if</c> or <c>elif</c> clause: a condition and the statements that run when it succeeds.</summary>
public sealed class IfClause(
    TextSpan span,
    ImmutableArray<Statement> condition,
    ImmutableArray<Statement> body) : SyntaxNode(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.IfClause;

    /// <summary>The statements whose last exit status decides.</summary>
    public ImmutableArray<Statement> Condition { get; } = condition;

    /// <summary>The statements after <c>then</c>.</summary>
    public ImmutableArray<Statement> Body { get; } = body;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        children.AddRange(Condition.AsSpan());
        children.AddRange(Body.AsSpan());
    }
}
