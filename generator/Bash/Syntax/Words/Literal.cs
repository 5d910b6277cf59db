using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>
/// Text that is not quoted, or text between the expansions of a double-quoted string or a here-document.
/// </summary>
public sealed class Literal(TextSpan span, string value) : WordPart(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Literal;

    /// <summary>The text without the backslashes that quote a character and without escaped line feeds.</summary>
    public string Value { get; } = value;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
    }
}
