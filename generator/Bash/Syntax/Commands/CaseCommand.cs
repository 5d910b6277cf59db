using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A <c>case</c> command.</summary>
public sealed class CaseCommand(
    TextSpan span,
    Word subject,
    ImmutableArray<CaseItem> items,
    ImmutableArray<Redirect> redirects) : Command(span, redirects)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.CaseCommand;

    /// <summary>The word that is compared.</summary>
    public Word Subject { get; } = subject;

    /// <summary>The items.</summary>
    public ImmutableArray<CaseItem> Items { get; } = items;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        children.Add(Subject);
        children.AddRange(Items.AsSpan());
        children.AddRange(Redirects.AsSpan());
    }
}
