using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>Patterns of a <c>case</c> command and the statements that run when one matches.</summary>
public sealed class CaseItem(
    TextSpan span,
    ImmutableArray<Word> patterns,
    ImmutableArray<Statement> body,
    CaseTerminator terminator) : SyntaxNode(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.CaseItem;

    /// <summary>The patterns.</summary>
    public ImmutableArray<Word> Patterns { get; } = patterns;

    /// <summary>The statements.</summary>
    public ImmutableArray<Statement> Body { get; } = body;

    /// <summary>The end of the item.</summary>
    public CaseTerminator Terminator { get; } = terminator;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        children.AddRange(Patterns.AsSpan());
        children.AddRange(Body.AsSpan());
    }
}
