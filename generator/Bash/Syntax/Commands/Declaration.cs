using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>
/// A call of <c>declare</c>, <c>local</c>, <c>export</c>, <c>readonly</c> or <c>typeset</c>, whose arguments may be
/// assignments of arrays.
/// </summary>
public sealed class Declaration(
    TextSpan span,
    ImmutableArray<Assignment> assignments,
    Word nameWord,
    ImmutableArray<Argument> arguments,
    ImmutableArray<Redirect> redirects) : Command(span, redirects)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Declaration;

    /// <summary>The assignments before the name of the builtin.</summary>
    public ImmutableArray<Assignment> Assignments { get; } = assignments;

    /// <summary>The word that names the builtin.</summary>
    public Word NameWord { get; } = nameWord;

    /// <summary>The options, names and assignments after the name.</summary>
    public ImmutableArray<Argument> Arguments { get; } = arguments;

    /// <summary>The builtin: declare, local, export, readonly or typeset.</summary>
    public string Name => NameWord.ConstantText ?? "";

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        var first = children.Count;
        children.AddRange(Assignments.AsSpan());
        children.Add(NameWord);
        children.AddRange(Arguments.AsSpan());
        children.AddRange(Redirects.AsSpan());
        Sort(children, first);
    }
}
