using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A process substitution.</summary>
public sealed class ProcessSubstitution(TextSpan span, bool isOutput, ImmutableArray<Statement> body) : WordPart(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ProcessSubstitution;

    /// <summary>Whether the form is <c>&gt;(…)</c>, to which the command writes, instead of <c>&lt;(…)</c>.</summary>
    public bool IsOutput { get; } = isOutput;

    /// <summary>The statements.</summary>
    public ImmutableArray<Statement> Body { get; } = body;

    internal override void CollectChildren(List<SyntaxNode> children) => children.AddRange(Body.AsSpan());
}
