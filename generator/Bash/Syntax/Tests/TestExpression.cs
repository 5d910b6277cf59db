using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>
/// An expression of <c>[[ ]]</c> (bash manual, Conditional Constructs). Precedence, highest first: parentheses,
/// <c>!</c>, <c>&amp;&amp;</c>, <c>||</c>.
/// </summary>
public abstract class TestExpression : SyntaxNode
{
    private protected TestExpression(TextSpan span)
        : base(span)
    {
    }
}
