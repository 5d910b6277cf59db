using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>The definition of a function. Redirections after the body belong to <see cref="Body"/>.</summary>
public sealed class FunctionDefinition(
    TextSpan span,
    string name,
    TextSpan nameSpan,
    bool hasKeyword,
    bool hasParentheses,
    Command body) : Command(span, [])
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.FunctionDefinition;

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>The bytes of the name.</summary>
    public TextSpan NameSpan { get; } = nameSpan;

    /// <summary>Whether the definition begins with <c>function</c>.</summary>
    public bool HasKeyword { get; } = hasKeyword;

    /// <summary>Whether <c>()</c> follows the name.</summary>
    public bool HasParentheses { get; } = hasParentheses;

    /// <summary>The command that the function runs.</summary>
    public Command Body { get; } = body;

    internal override void CollectChildren(List<SyntaxNode> children) => children.Add(Body);
}
