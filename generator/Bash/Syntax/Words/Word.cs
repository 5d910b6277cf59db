using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A word: one or more parts that stand next to each other.</summary>
public sealed class Word(TextSpan span, ImmutableArray<WordPart> parts) : Argument(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Word;

    /// <summary>The parts; none for an empty word, such as the default in <c>${x:-}</c>.</summary>
    public ImmutableArray<WordPart> Parts { get; } = parts;

    /// <summary>
    /// The text of the word without its quotes when nothing in it is expanded; null when a part is an expansion.
    /// Unquoted patterns, braces and tildes count as text.
    /// </summary>
    public string? ConstantText => Parts switch
    {
        [] => "",
        [Literal literal] => literal.Value,
        _ => ConstantTextOf(Parts),
    };

    /// <summary>The text of parts without their quotes; null when one is an expansion.</summary>
    internal static string? ConstantTextOf(ImmutableArray<WordPart> parts)
    {
        var text = "";
        foreach (var part in parts)
        {
            var piece = part switch
            {
                Literal literal => literal.Value,
                SingleQuoted quoted => quoted.Value,
                AnsiQuoted quoted => quoted.Value,
                DoubleQuoted quoted => ConstantTextOf(quoted.Parts),
                _ => null,
            };
            if (piece is null)
                return null;
            text += piece;
        }
        return text;
    }

    internal override void CollectChildren(List<SyntaxNode> children) => children.AddRange(Parts.AsSpan());
}
