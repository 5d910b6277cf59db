using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A string <c>$"…"</c>, which is translated according to the locale.</summary>
public sealed class LocaleQuoted(TextSpan span, ImmutableArray<WordPart> parts) : WordPart(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.LocaleQuoted;

    /// <summary>The text and the expansions between the quotes.</summary>
    public ImmutableArray<WordPart> Parts { get; } = parts;

    internal override void CollectChildren(List<SyntaxNode> children) => children.AddRange(Parts.AsSpan());
}
