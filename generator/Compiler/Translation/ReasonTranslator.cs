using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Bash.Printing;
using VmRecovery.Compiler.Loading;

namespace VmRecovery.Compiler.Translation;

/// <summary>
/// Translates classes and causes to the lines that <c>_vm_read_reasons</c> goes through: a class with its sentence and its
/// advice, then a line for each sign of a cause. Fields are separated by tabs; a line end in a pattern is <c>\n</c>.
/// </summary>
internal sealed partial class ReasonTranslator(Vocabulary vocabulary, Findings findings, PolicyModel model)
{
    private const string Placed = "._+/:-";

    /// <summary>The function that sets <c>_cause</c>, <c>_words</c> and <c>_advice</c>.</summary>
    public FunctionDefinition Translate()
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        foreach (var (member, _, entries) in model.Causes)
        {
            var words = PolicyAttributes.Text(member, "Id", 1) ?? member.Name;
            lines.Add($"[{PolicyModel.Id(member)}]\t{words}\t{PolicyAttributes.Text(member, "Advice") ?? ""}");
            var before = new Sign("", null, "");
            foreach (var entry in entries)
                if (Line(entry, ref before) is { } line)
                    lines.Add(line);
        }
        return new FunctionDefinition(
            "_vm_set_reason",
            ["Sets _cause, _words and _advice: why it failed and what to do, for a person.", "(Causes)"],
            [new Reading(new SimpleCommand("_vm_read_reasons"), lines.ToImmutable())]);
    }

    /// <summary>What an entry without advice takes over from the one before it.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Advice">Its advice in C#; null for that of the class.</param>
    /// <param name="Written">The same with the numbers that its groups have in POSIX.</param>
    private sealed record Sign(string Id, ArgumentSyntax? Advice, string Written);

    private string? Line(ExpressionSyntax entry, ref Sign before)
    {
        if (entry is not BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 3 or 4 } arguments, Initializer: null })
        {
            findings.Refuse(entry, TranslationDiagnostics.Table, "a cause is 'new(\"id\", pattern, \"words\", \"advice\")' with constants");
            return null;
        }
        var texts = arguments.Select(a => Constant(a.Expression)).ToList();
        if (texts.Contains(null))
        {
            findings.Refuse(entry, TranslationDiagnostics.Table, "a cause is 'new(\"id\", pattern, \"words\", \"advice\")' with constants");
            return null;
        }
        var (id, pattern) = (texts[0]!, texts[1]!);
        if (!IsId().IsMatch(id))
            findings.Refuse(arguments[0], TranslationDiagnostics.Name, $"the id '{id}' is not made of lower-case words and hyphens");
        string expression;
        try
        {
            expression = PosixPattern.Translate(pattern);
        }
        catch (PatternException e)
        {
            var where = arguments[1].Expression;
            findings.Refuse(where.SyntaxTree, LiteralLocations.Span(where, e.Index, e.Length), e.Descriptor, e.Message);
            return null;
        }
        if (expression.Any(c => c is '\t' or > '~') || expression.Contains(@"\n", StringComparison.Ordinal))
            findings.Refuse(arguments[1], TranslationDiagnostics.Characters, "a cause's pattern is ASCII, without tabs and without a backslash before an 'n'");
        var words = Filled(arguments[2], texts[2]!, pattern, IsPlain);
        var advice = texts.Count > 3 ? arguments[3] : id == before.Id ? before.Advice : null;
        var written = advice is null ? "" : Filled(advice, Constant(advice.Expression)!, pattern, IsPlaced);
        // The reader takes it over too, unless its groups have other numbers here.
        var repeated = written.Length == 0 || id == before.Id && written == before.Written;
        before = new Sign(id, advice, written);
        return $"{id}\t{expression.Replace("\n", @"\n", StringComparison.Ordinal)}\t{words}{(repeated ? "" : "\t" + written)}";
    }

    /// <summary>The sentence with the numbers that groups have in POSIX.</summary>
    private string Filled(ArgumentSyntax argument, string text, string pattern, Func<CharacterSet, bool> isAllowed)
    {
        if (text.Any(c => c is < ' ' or > '~'))
            findings.Refuse(argument, TranslationDiagnostics.Characters, "words and advice are one line of printable ASCII");
        return Placeholder().Replace(text, match =>
        {
            var number = int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            if (PosixPattern.Capture(pattern, number) is not var (group, set))
                findings.Refuse(argument, TranslationDiagnostics.Capture, $"'{{{number}}}' needs a group {number} of one set, repeated, such as ([^']+): there both worlds take the same text");
            else if (!isAllowed(set))
                findings.Refuse(argument, TranslationDiagnostics.Capture, $"'{{{number}}}' stands in advice, which people copy into a shell: its group may hold letters, digits and {Placed} only");
            else
                return $"{{{group}}}";
            return match.Value;
        });
    }

    private static bool IsPlain(CharacterSet set) => true;

    private static bool IsPlaced(CharacterSet set) =>
        !set.Negated && set.Ranges.All(r => Enumerable.Range(r.First, r.Last - r.First + 1)
            .All(c => char.IsAsciiLetterOrDigit((char)c) || Placed.Contains((char)c, StringComparison.Ordinal)));

    private string? Constant(ExpressionSyntax expression) =>
        vocabulary.ModelOf(expression).GetConstantValue(expression).Value as string;

    [GeneratedRegex(@"\{([0-9]+)\}")]
    private static partial System.Text.RegularExpressions.Regex Placeholder();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial System.Text.RegularExpressions.Regex IsId();
}
