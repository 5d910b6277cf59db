using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A whole script.</summary>
public sealed class Script(TextSpan span, ImmutableArray<Statement> statements) : SyntaxNode(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Script;

    /// <summary>The statements of the top level.</summary>
    public ImmutableArray<Statement> Statements { get; } = statements;

    internal override void CollectChildren(List<SyntaxNode> children) => children.AddRange(Statements.AsSpan());
}
