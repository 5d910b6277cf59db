using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>
/// The text of a here-document. The span begins at the line after the redirection and ends after the delimiter.
/// </summary>
public sealed class HereDocument(
    TextSpan span,
    string delimiter,
    bool isQuoted,
    bool stripsTabs,
    Word body,
    TextSpan? delimiterSpan) : SyntaxNode(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.HereDocument;

    /// <summary>The delimiter without quotes.</summary>
    public string Delimiter { get; } = delimiter;

    /// <summary>Whether the delimiter is quoted: nothing in the body is expanded.</summary>
    public bool IsQuoted { get; } = isQuoted;

    /// <summary>Whether leading tabs are removed (<c>&lt;&lt;-</c>); they are part of the text here.</summary>
    public bool StripsTabs { get; } = stripsTabs;

    /// <summary>The text and the expansions in it; line feeds included.</summary>
    public Word Body { get; } = body;

    /// <summary>The delimiter that ends the text; null when the script has none.</summary>
    public TextSpan? DelimiterSpan { get; } = delimiterSpan;

    internal override void CollectChildren(List<SyntaxNode> children) => children.Add(Body);
}
