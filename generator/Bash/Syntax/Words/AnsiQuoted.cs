using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A string <c>$'…'</c>.</summary>
public sealed class AnsiQuoted(TextSpan span, string value) : WordPart(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.AnsiQuoted;

    /// <summary>The text with its escape sequences replaced.</summary>
    public string Value { get; } = value;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
    }
}
