using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>
/// The elements of a compound assignment, in parentheses. As a part of a word it occurs only in arguments of
/// builtins such as <c>eval</c>.
/// </summary>
public sealed class ArrayLiteral(TextSpan span, ImmutableArray<ArrayElement> elements) : WordPart(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ArrayLiteral;

    /// <summary>The elements.</summary>
    public ImmutableArray<ArrayElement> Elements { get; } = elements;

    internal override void CollectChildren(List<SyntaxNode> children) => children.AddRange(Elements.AsSpan());
}
