using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>An <c>else</c> clause.</summary>
public sealed class ElseClause(TextSpan span, ImmutableArray<Statement> body) : SyntaxNode(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ElseClause;

    /// <summary>The statements.</summary>
    public ImmutableArray<Statement> Body { get; } = body;

    internal override void CollectChildren(List<SyntaxNode> children) => children.AddRange(Body.AsSpan());
}
