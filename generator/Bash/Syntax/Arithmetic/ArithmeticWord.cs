using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A word with quotes or expansions, whose text becomes part of the expression.</summary>
public sealed class ArithmeticWord(TextSpan span, Word word) : ArithmeticExpression(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ArithmeticWord;

    /// <summary>The word.</summary>
    public Word Word { get; } = word;

    internal override void CollectChildren(List<SyntaxNode> children) => children.Add(Word);
}
