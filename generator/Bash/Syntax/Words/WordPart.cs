using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A part of a word: unquoted text, a quoted string or an expansion.</summary>
public abstract class WordPart : SyntaxNode
{
    private protected WordPart(TextSpan span)
        : base(span)
    {
    }
}
