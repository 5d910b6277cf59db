using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A number.</summary>
public sealed class ArithmeticNumber(TextSpan span, string text) : ArithmeticExpression(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ArithmeticNumber;

    /// <summary>The number as written, possibly with a base: <c>16#ff</c>.</summary>
    public string Text { get; } = text;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
    }
}
