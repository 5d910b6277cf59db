using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A <c>while</c> or <c>until</c> loop.</summary>
public sealed class WhileLoop(
    TextSpan span,
    bool isUntil,
    ImmutableArray<Statement> condition,
    ImmutableArray<Statement> body,
    ImmutableArray<Redirect> redirects) : Command(span, redirects)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.WhileLoop;

    /// <summary>Whether the loop runs until the condition succeeds, instead of while it does.</summary>
    public bool IsUntil { get; } = isUntil;

    /// <summary>The statements whose last exit status decides.</summary>
    public ImmutableArray<Statement> Condition { get; } = condition;

    /// <summary>The statements after <c>do</c>.</summary>
    public ImmutableArray<Statement> Body { get; } = body;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        children.AddRange(Condition.AsSpan());
        children.AddRange(Body.AsSpan());
        children.AddRange(Redirects.AsSpan());
    }
}
