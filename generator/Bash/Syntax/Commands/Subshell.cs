using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>Statements in parentheses, which run in a subshell.</summary>
public sealed class Subshell(
    TextSpan span,
    ImmutableArray<Statement> body,
    ImmutableArray<Redirect> redirects) : Command(span, redirects)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Subshell;

    /// <summary>The statements.</summary>
    public ImmutableArray<Statement> Body { get; } = body;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        children.AddRange(Body.AsSpan());
        children.AddRange(Redirects.AsSpan());
    }
}
