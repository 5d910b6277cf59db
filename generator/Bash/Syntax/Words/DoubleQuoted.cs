using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A string in double quotes.</summary>
public sealed class DoubleQuoted(TextSpan span, ImmutableArray<WordPart> parts) : WordPart(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.DoubleQuoted;

    /// <summary>The text and the expansions between the quotes.</summary>
    public ImmutableArray<WordPart> Parts { get; } = parts;

    internal override void CollectChildren(List<SyntaxNode> children) => children.AddRange(Parts.AsSpan());
}
