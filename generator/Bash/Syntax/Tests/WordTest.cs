using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A word alone, which is true when it is not empty.</summary>
public sealed class WordTest(TextSpan span, Word word) : TestExpression(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.WordTest;

    /// <summary>The word.</summary>
    public Word Word { get; } = word;

    internal override void CollectChildren(List<SyntaxNode> children) => children.Add(Word);
}
