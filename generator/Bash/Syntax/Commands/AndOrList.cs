using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>
/// Two or more commands joined by <c>&amp;&amp;</c> and <c>||</c>, which have equal precedence and associate to the
/// left.
/// </summary>
public sealed class AndOrList(
    TextSpan span,
    ImmutableArray<Command> operands,
    ImmutableArray<AndOrOperator> operators) : Command(span, [])
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.AndOrList;

    /// <summary>The commands.</summary>
    public ImmutableArray<Command> Operands { get; } = operands;

    /// <summary>The operators; the n-th stands after the n-th command.</summary>
    public ImmutableArray<AndOrOperator> Operators { get; } = operators;

    internal override void CollectChildren(List<SyntaxNode> children) => children.AddRange(Operands.AsSpan());
}
