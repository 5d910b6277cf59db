using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>An arithmetic expression (bash manual, Shell Arithmetic).</summary>
public abstract class ArithmeticExpression : SyntaxNode
{
    private protected ArithmeticExpression(TextSpan span)
        : base(span)
    {
    }
}
