using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A string in single quotes.</summary>
public sealed class SingleQuoted(TextSpan span, string value) : WordPart(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.SingleQuoted;

    /// <summary>The text between the quotes.</summary>
    public string Value { get; } = value;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
    }
}
