using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A word or an assignment as an argument of a declaration.</summary>
public abstract class Argument : SyntaxNode
{
    private protected Argument(TextSpan span)
        : base(span)
    {
    }
}
