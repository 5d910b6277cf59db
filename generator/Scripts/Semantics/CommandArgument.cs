using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;

namespace VmRecovery.Scripts.Semantics;

/// <summary>An argument of a command.</summary>
/// <param name="Node">The word, or the assignment in a declaration.</param>
internal readonly record struct CommandArgument(Argument Node)
{
    /// <summary>The bytes of the argument.</summary>
    public TextSpan Span => Node.Span;

    /// <summary>The text without quotes; null when something in it is expanded.</summary>
    public string? Text => (Node as Word)?.ConstantText;

    /// <summary>The expansion when the argument is nothing else, quoted or not; null otherwise.</summary>
    public ParameterExpansion? SingleExpansion => Node is Word word ? SingleExpansionOf(word) : null;

    /// <summary>
    /// The variable when the argument is a plain <c>$NAME</c> or <c>${NAME}</c>, quoted or not; null otherwise.
    /// </summary>
    public string? Variable =>
        SingleExpansion is { IsIndirect: false, IsLength: false } expansion ? expansion.Name : null;

    /// <summary>The variable at the start of an argument that consists of expansions: VMID in <c>$VMID$OPTIONS</c>.</summary>
    public string? LeadingVariable => Node is Word { Parts: [ParameterExpansion { IsLength: false } first, ..] and var parts }
        && parts.All(p => p is ParameterExpansion)
        ? first.Name
        : Variable;

    /// <summary>The unquoted expansions of variables in the word, which bash splits and expands as patterns.</summary>
    public IEnumerable<ParameterExpansion> UnquotedExpansions =>
        Node is Word word ? word.Parts.OfType<ParameterExpansion>() : [];

    /// <summary>Returns the expansion that a word consists of; null when it has other parts.</summary>
    public static ParameterExpansion? SingleExpansionOf(Word word) =>
        word.Parts switch
        {
            [ParameterExpansion expansion] => expansion,
            [DoubleQuoted { Parts: [ParameterExpansion expansion] }] => expansion,
            _ => null,
        };
}
