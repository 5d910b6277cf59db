using VmRecovery.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace VmRecovery.Compiler.Translation;

/// <summary>A pattern that has no POSIX equivalent, or none at all.</summary>
/// <param name="index">Where in the pattern, from 0.</param>
/// <param name="length">How many characters.</param>
/// <param name="descriptor">The kind of fault.</param>
/// <param name="message">What it is and what is allowed instead.</param>
internal sealed class PatternException(int index, int length, DiagnosticDescriptor descriptor, string message) : Exception(message)
{
    public int Index { get; } = index;

    public int Length { get; } = length;

    public DiagnosticDescriptor Descriptor { get; } = descriptor;
}

/// <summary>
/// Translates a .NET pattern (options Multiline and CultureInvariant, over text of one byte a character) into a POSIX
/// extended regular expression that matches exactly the same texts in the C locale.
/// </summary>
internal static class PosixPattern
{
    private const string LineStart = "(^|\n)";
    private const string LineEnd = "($|\n)";

    /// <summary>The expression, one byte a character.</summary>
    /// <exception cref="PatternException">The pattern is wrong or uses what POSIX does not have.</exception>
    public static string Translate(string pattern)
    {
        var tree = new PatternParser(pattern).Parse();
        try
        {
            _ = new Regex(pattern, RegexOptions.Multiline | RegexOptions.CultureInvariant);
        }
        catch (RegexParseException e)
        {
            var index = Math.Clamp(e.Offset - 1, 0, Math.Max(0, pattern.Length - 1));
            throw new PatternException(index, 1, TranslationDiagnostics.InvalidRegex, $"not a regular expression: {e.Error}");
        }
        var output = new StringBuilder();
        Write(output, tree, first: true, last: true);
        return output.ToString();
    }

    /// <summary>
    /// Which group of POSIX holds the text that group <paramref name="number"/> of .NET captures, and the set of characters
    /// that it is made of; null when there is no such group, or when the two worlds could take different texts.
    /// </summary>
    public static (int Group, CharacterSet Set)? Capture(string pattern, int number)
    {
        var before = 0;
        foreach (var node in Nodes(new PatternParser(pattern).Parse()))
        {
            // An anchor has parentheses of its own.
            if (node is Group or Anchor)
                before++;
            if (node is Group { Number: var own, Inner: var inner } && own == number)
                return Alone(inner) is Repeat { Inner: CharacterSet set, Suffix: "+" or "*" } ? (before, set) : null;
        }
        return null;
    }

    /// <summary>The only node of a branch that is the only one.</summary>
    private static PatternNode Alone(PatternNode node) => node switch
    {
        Choice { Branches: [var only] } => Alone(only),
        Sequence { Items: [var only] } => Alone(only),
        _ => node,
    };

    /// <summary>A tree's nodes in the order in which they are written.</summary>
    private static IEnumerable<PatternNode> Nodes(PatternNode node) =>
        new[] { node }.Concat(node switch
        {
            Choice { Branches: var branches } => branches.SelectMany(Nodes),
            Sequence { Items: var items } => items.SelectMany(Nodes),
            Group { Inner: var inner } => Nodes(inner),
            Repeat { Inner: var inner } => Nodes(inner),
            _ => [],
        });

    private static void Write(StringBuilder output, PatternNode node, bool first, bool last)
    {
        switch (node)
        {
            case Choice { Branches: var branches }:
                for (var i = 0; i < branches.Count; i++)
                {
                    if (i > 0)
                        output.Append('|');
                    Write(output, branches[i], first, last);
                }
                break;
            case Sequence { Items: var items }:
                for (var i = 0; i < items.Count; i++)
                    Write(output, items[i], first && i == 0, last && i == items.Count - 1);
                break;
            case Group { Inner: var inner }:
                output.Append('(');
                Write(output, inner, first, last);
                output.Append(')');
                break;
            case Repeat { Inner: var inner, Suffix: var suffix }:
                // A line end inside a repetition would have to be looked at twice.
                Write(output, inner, first: false, last: false);
                output.Append(suffix);
                break;
            case Anchor { Start: true } anchor:
                if (!first)
                    throw new PatternException(anchor.Index, 1, TranslationDiagnostics.RegexFeature, "'^' is only possible at the very start of the pattern or of a branch");
                output.Append(LineStart);
                break;
            case Anchor anchor:
                if (!last)
                    throw new PatternException(anchor.Index, 1, TranslationDiagnostics.RegexFeature, "'$' is only possible at the very end of the pattern or of a branch");
                output.Append(LineEnd);
                break;
            case CharacterSet set:
                output.Append(set.ToPosix());
                break;
            case Letter { Value: var c }:
                if (@"\^$.[]|()*+?{}".Contains(c, StringComparison.Ordinal))
                    output.Append(c is ']' or '}' ? "" : "\\");
                output.Append(c);
                break;
            default:
                throw new InvalidOperationException($"no expression for {node}");
        }
    }
}
