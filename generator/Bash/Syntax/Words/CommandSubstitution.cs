using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A command substitution <c>$(…)</c> or <c>`…`</c>.</summary>
public sealed class CommandSubstitution(
    TextSpan span,
    bool isBackquoted,
    ImmutableArray<Statement> body) : WordPart(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.CommandSubstitution;

    /// <summary>Whether the form is <c>`…`</c>.</summary>
    public bool IsBackquoted { get; } = isBackquoted;

    /// <summary>The statements.</summary>
    public ImmutableArray<Statement> Body { get; } = body;

    internal override void CollectChildren(List<SyntaxNode> children) => children.AddRange(Body.AsSpan());
}
