using VmRecovery.Bash.Syntax;

namespace VmRecovery.Scripts.Semantics;

/// <summary>Questions about the parts of a word.</summary>
internal static class WordText
{
    /// <summary>
    /// The constant text at the start of a word, without quotes: <c>/tmp/x-</c> of <c>"/tmp/x-$$"</c>.
    /// </summary>
    public static string Prefix(Argument argument) => argument is Word word ? Prefix(word.Parts) : "";

    /// <summary>All constant text of a word, without quotes and expansions.</summary>
    public static string Constants(Argument argument) =>
        argument is Word word ? string.Concat(Flat(word.Parts).Select(TextOf)) : "";

    /// <summary>The variables that a word expands, in quotes or not, those in substitutions excluded.</summary>
    public static IEnumerable<string> Variables(Argument? argument) =>
        argument switch
        {
            Word word => Flat(word.Parts).OfType<ParameterExpansion>().Select(p => p.Name),
            Assignment { Value: { } value } => Variables(value),
            _ => [],
        };

    /// <summary>Whether a word, or a substitution in it, expands a parameter.</summary>
    public static bool Expands(SyntaxNode node, string parameter) =>
        node.DescendantsAndSelf()
            .Any(n =>
                n is ParameterExpansion p && p.Name == parameter || n is ArithmeticVariable v && v.Name == parameter
            );

    /// <summary>The parts of a word, those in double quotes in the place of the string.</summary>
    public static IEnumerable<WordPart> Flat(IEnumerable<WordPart> parts)
    {
        foreach (var part in parts)
        {
            if (part is DoubleQuoted quoted)
            {
                foreach (var inner in Flat(quoted.Parts))
                    yield return inner;
            }
            else
            {
                yield return part;
            }
        }
    }

    private static string Prefix(IEnumerable<WordPart> parts) =>
        string.Concat(Flat(parts).TakeWhile(p => p is Literal or SingleQuoted or AnsiQuoted).Select(TextOf));

    /// <summary>Whether a word names a volume by the VM's number and a disk number: <c>vm-$VMID-disk-0</c>.</summary>
    public static bool GuessesVolume(Word word)
    {
        var parts = Flat(word.Parts).ToList();
        for (var i = 1; i + 1 < parts.Count; i++)
        {
            if (
                parts[i] is ParameterExpansion
                && TextOf(parts[i - 1]).EndsWith("vm-", StringComparison.Ordinal)
                && TextOf(parts[i + 1]) is { } text
                && text.StartsWith("-disk-", StringComparison.Ordinal)
                && (
                    text.Length > 6
                        ? char.IsAsciiDigit(text[6])
                        : i + 2 < parts.Count && parts[i + 2] is ParameterExpansion
                )
            )
                return true;
        }
        return false;
    }

    /// <summary>Whether two words are spelled alike, quotes aside.</summary>
    public static bool Same(VmScript script, SyntaxNode a, SyntaxNode b) =>
        script.File.Slice(a.Span).Replace("\"", "", StringComparison.Ordinal)
        == script.File.Slice(b.Span).Replace("\"", "", StringComparison.Ordinal);

    private static string TextOf(WordPart part) =>
        part switch
        {
            Literal literal => literal.Value,
            SingleQuoted quoted => quoted.Value,
            AnsiQuoted quoted => quoted.Value,
            _ => "",
        };
}
