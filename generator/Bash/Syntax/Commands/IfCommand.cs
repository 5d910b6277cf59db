using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>An <c>if</c> command.</summary>
public sealed class IfCommand(
    TextSpan span,
    ImmutableArray<IfClause> clauses,
    ElseClause? @else,
    ImmutableArray<Redirect> redirects) : Command(span, redirects)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.IfCommand;

    /// <summary>The <c>if</c> clause and the <c>elif</c> clauses after it; at least one.</summary>
    public ImmutableArray<IfClause> Clauses { get; } = clauses;

    /// <summary>The <c>else</c> clause, if there is one.</summary>
    public ElseClause? Else { get; } = @else;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        children.AddRange(Clauses.AsSpan());
        if (Else is not null)
            children.Add(Else);
        children.AddRange(Redirects.AsSpan());
    }
}
