using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A simple command: assignments, words and redirections, at least one of them.</summary>
public sealed class SimpleCommand(
    TextSpan span,
    ImmutableArray<Assignment> assignments,
    ImmutableArray<Word> words,
    ImmutableArray<Redirect> redirects) : Command(span, redirects)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.SimpleCommand;

    /// <summary>The assignments before the first word.</summary>
    public ImmutableArray<Assignment> Assignments { get; } = assignments;

    /// <summary>The words; the first is the name of the command, if there is one.</summary>
    public ImmutableArray<Word> Words { get; } = words;

    /// <summary>The first word without quotes; null when there is none or it contains an expansion.</summary>
    public string? Name => Words.IsEmpty ? null : Words[0].ConstantText;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        var first = children.Count;
        children.AddRange(Assignments.AsSpan());
        children.AddRange(Words.AsSpan());
        children.AddRange(Redirects.AsSpan());
        Sort(children, first);
    }
}
