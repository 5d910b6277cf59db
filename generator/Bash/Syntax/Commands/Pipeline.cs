using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>Two or more commands joined by <c>|</c> or <c>|&amp;</c>.</summary>
public sealed class Pipeline(
    TextSpan span,
    ImmutableArray<Command> commands,
    ImmutableArray<PipeOperator> operators) : Command(span, [])
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Pipeline;

    /// <summary>The commands.</summary>
    public ImmutableArray<Command> Commands { get; } = commands;

    /// <summary>The operators; the n-th stands after the n-th command.</summary>
    public ImmutableArray<PipeOperator> Operators { get; } = operators;

    internal override void CollectChildren(List<SyntaxNode> children) => children.AddRange(Commands.AsSpan());
}
