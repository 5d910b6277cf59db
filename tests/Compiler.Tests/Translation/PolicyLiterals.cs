using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Compiler.Loading;
using VmRecovery.Compiler.Translation;

namespace VmRecovery.Tests.Translation;

/// <summary>The texts, numbers and patterns that a policy looks for, and near misses of them.</summary>
internal sealed class PolicyLiterals
{
    public PolicyLiterals(PolicyCompilation policy, Func<SyntaxNode, bool> counts)
    {
        var nodes = policy.Roslyn.SyntaxTrees.SelectMany(t => t.GetRoot().DescendantNodes()).Where(counts).ToList();
        var literals = nodes.OfType<LiteralExpressionSyntax>().ToList();
        var parts = nodes.OfType<InterpolatedStringTextSyntax>().Select(t => t.TextToken.ValueText);
        Texts = [.. literals.Select(l => l.Token.Value).Select(v => v is char c ? $"{c}" : v as string).OfType<string>().Concat(parts).Where(t => t.All(char.IsAscii)).Distinct()];
        Numbers = [.. literals.Select(l => l.Token.Value).OfType<int>().Distinct()];
        Patterns =
        [
            .. from call in nodes.OfType<InvocationExpressionSyntax>()
               where call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Matches" }
               let pattern = policy.Roslyn.GetSemanticModel(call.SyntaxTree).GetConstantValue(call.ArgumentList.Arguments[0].Expression).Value as string
               where pattern is not null
               select new PatternParser(pattern).Parse(),
            .. from entry in nodes.OfType<BaseObjectCreationExpressionSyntax>()
               where entry.SyntaxTree.FilePath.Contains("/Causes/", StringComparison.Ordinal)
               let sign = entry.ArgumentList?.Arguments.ElementAtOrDefault(1)?.Expression
               where sign is not null
               let pattern = policy.Roslyn.GetSemanticModel(entry.SyntaxTree).GetConstantValue(sign).Value as string
               where pattern is not null
               select new PatternParser(pattern).Parse(),
        ];
    }

    public ImmutableArray<string> Texts { get; }

    public ImmutableArray<int> Numbers { get; }

    public ImmutableArray<PatternNode> Patterns { get; }

    public string Text(Dice dice) => Texts.IsEmpty ? "" : Texts[dice.Below(Texts.Length)];

    /// <summary>A match of one of the patterns, before its anchors are looked at.</summary>
    public string Match(Dice dice) => Patterns.IsEmpty ? Text(dice) : Match(dice, Patterns[dice.Below(Patterns.Length)]);

    /// <summary>A near miss: one character gone, doubled, in the other case, or replaced by a byte.</summary>
    public static string Bent(Dice dice, string text)
    {
        if (text.Length == 0)
            return text;
        var at = dice.Below(text.Length);
        var c = text[at];
        var replacement = dice.Below(5) switch
        {
            0 => "",
            1 => $"{c}{c}",
            2 => $"{(char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c))}",
            3 => "\n",
            _ => Bytes(dice),
        };
        return text[..at] + replacement + text[(at + 1)..];
    }

    public static string Bytes(Dice dice) => string.Concat(Enumerable.Range(0, 1 + dice.Below(3)).Select(_ => (char)dice.Below(256)));

    private static string Match(Dice dice, PatternNode node) => node switch
    {
        Letter { Value: var c } => c.ToString(),
        Group { Inner: var inner } => Match(dice, inner),
        Choice { Branches: var branches } => Match(dice, branches[dice.Below(branches.Count)]),
        Sequence { Items: var items } => string.Concat(items.Select(i => Match(dice, i))),
        Repeat { Inner: var inner, Suffix: var suffix } =>
            string.Concat(Enumerable.Range(0, Times(dice, suffix)).Select(_ => Match(dice, inner))),
        CharacterSet { Negated: false, Ranges: var ranges } when ranges[dice.Below(ranges.Count)] is var (first, last) =>
            ((char)(first + dice.Below(last - first + 1))).ToString(),
        CharacterSet => dice.Below(3) == 0 ? Bytes(dice) : "vm-100-disk-0",
        _ => "",
    };

    private static int Times(Dice dice, string suffix)
    {
        if (suffix[0] != '{')
            return dice.Below(suffix == "?" ? 2 : 4) + (suffix == "+" ? 1 : 0);
        var limits = suffix[1..^1].Split(',');
        var least = int.Parse(limits[0], System.Globalization.CultureInfo.InvariantCulture);
        return least + (limits.Length == 1 ? 0 : dice.Below(2));
    }
}

/// <summary>Numbers from a seed that CsCheck chose, the same in every run with that seed.</summary>
internal sealed class Dice(ulong seed)
{
    private readonly CsCheck.PCG source = new(1, seed);

    public int Below(int limit) => (int)source.Next((uint)limit);
}
