using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>An extended pattern such as <c>@(a|b)</c> (bash manual, Pattern Matching).</summary>
public sealed class ExtendedGlob(TextSpan span, char @operator, ImmutableArray<Word> alternatives) : WordPart(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ExtendedGlob;

    /// <summary>One of <c>? * + @ !</c>.</summary>
    public char Operator { get; } = @operator;

    /// <summary>The patterns between the bars.</summary>
    public ImmutableArray<Word> Alternatives { get; } = alternatives;

    internal override void CollectChildren(List<SyntaxNode> children) => children.AddRange(Alternatives.AsSpan());
}
