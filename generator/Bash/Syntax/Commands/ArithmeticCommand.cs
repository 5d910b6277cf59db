using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>An arithmetic expression in <c>(( ))</c> as a command.</summary>
public sealed class ArithmeticCommand(
    TextSpan span,
    ArithmeticExpression? expression,
    ImmutableArray<Redirect> redirects) : Command(span, redirects)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ArithmeticCommand;

    /// <summary>The expression; null when there is none.</summary>
    public ArithmeticExpression? Expression { get; } = expression;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        if (Expression is not null)
            children.Add(Expression);
        children.AddRange(Redirects.AsSpan());
    }
}
