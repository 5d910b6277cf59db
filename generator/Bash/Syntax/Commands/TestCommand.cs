using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A conditional expression in <c>[[ ]]</c>.</summary>
public sealed class TestCommand(
    TextSpan span,
    TestExpression? expression,
    ImmutableArray<Redirect> redirects) : Command(span, redirects)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.TestCommand;

    /// <summary>The expression; null only where the script has none.</summary>
    public TestExpression? Expression { get; } = expression;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        if (Expression is not null)
            children.Add(Expression);
        children.AddRange(Redirects.AsSpan());
    }
}
