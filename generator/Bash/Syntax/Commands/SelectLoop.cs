using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A <c>select</c> loop.</summary>
public sealed class SelectLoop(
    TextSpan span,
    string variable,
    TextSpan variableSpan,
    bool hasIn,
    ImmutableArray<Word> words,
    ImmutableArray<Statement> body,
    ImmutableArray<Redirect> redirects) : Command(span, redirects)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.SelectLoop;

    /// <summary>The loop variable.</summary>
    public string Variable { get; } = variable;

    /// <summary>The bytes of the name of the variable.</summary>
    public TextSpan VariableSpan { get; } = variableSpan;

    /// <summary>Whether a list of words is given; without <c>in</c> the positional parameters are used.</summary>
    public bool HasIn { get; } = hasIn;

    /// <summary>The words after <c>in</c>.</summary>
    public ImmutableArray<Word> Words { get; } = words;

    /// <summary>The statements between <c>do</c> and <c>done</c>, or in braces.</summary>
    public ImmutableArray<Statement> Body { get; } = body;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        children.AddRange(Words.AsSpan());
        children.AddRange(Body.AsSpan());
        children.AddRange(Redirects.AsSpan());
    }
}
