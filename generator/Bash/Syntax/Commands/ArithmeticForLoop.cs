using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A loop <c>for ((initial; condition; step))</c>.</summary>
public sealed class ArithmeticForLoop(
    TextSpan span,
    ArithmeticExpression? initial,
    ArithmeticExpression? condition,
    ArithmeticExpression? step,
    ImmutableArray<Statement> body,
    ImmutableArray<Redirect> redirects) : Command(span, redirects)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ArithmeticForLoop;

    /// <summary>The expression evaluated once, before the loop.</summary>
    public ArithmeticExpression? Initial { get; } = initial;

    /// <summary>The expression evaluated before each round; none counts as true.</summary>
    public ArithmeticExpression? Condition { get; } = condition;

    /// <summary>The expression evaluated after each round.</summary>
    public ArithmeticExpression? Step { get; } = step;

    /// <summary>The statements.</summary>
    public ImmutableArray<Statement> Body { get; } = body;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        if (Initial is not null)
            children.Add(Initial);
        if (Condition is not null)
            children.Add(Condition);
        if (Step is not null)
            children.Add(Step);
        children.AddRange(Body.AsSpan());
        children.AddRange(Redirects.AsSpan());
    }
}
