using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Policy;
using VmRecovery.Translation;

namespace VmRecovery.Tests.Translation;

/// <summary>
/// Cases made from the policy itself: its samples, the texts it looks for whole and slightly wrong, matches of its
/// patterns, its numbers and their neighbours, and bytes that no log should hold.
/// </summary>
internal sealed class PolicyCases
{
    private readonly ImmutableArray<string> texts;
    private readonly ImmutableArray<PatternNode> patterns;
    private readonly ImmutableArray<int> numbers;
    private readonly ImmutableArray<(string Command, int ExitCode, string Log)> samples;
    private readonly int classes;

    public PolicyCases(PolicyCompilation policy, int classes)
    {
        this.classes = classes;
        var literals = policy.Roslyn.SyntaxTrees.SelectMany(t => t.GetRoot().DescendantNodes()).OfType<LiteralExpressionSyntax>().ToList();
        texts = [.. literals.Where(l => l.IsKind(SyntaxKind.StringLiteralExpression)).Select(l => l.Token.ValueText).Where(t => t.All(char.IsAscii)).Distinct()];
        numbers = [.. literals.Select(l => l.Token.Value).OfType<int>().Where(n => n is >= 0 and <= 255).Distinct()];
        patterns =
        [
            .. from call in policy.Roslyn.SyntaxTrees.SelectMany(t => t.GetRoot().DescendantNodes()).OfType<InvocationExpressionSyntax>()
               where call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Matches" }
               let pattern = policy.Roslyn.GetSemanticModel(call.SyntaxTree).GetConstantValue(call.ArgumentList.Arguments[0].Expression).Value as string
               where pattern is not null
               select new PatternParser(pattern).Parse(),
        ];
        samples =
        [
            .. from method in new PolicyModel(policy).Methods
               from sample in PolicyAttributes.Of(method, "Claims").Concat(PolicyAttributes.Of(method, "Rejects"))
               let a = sample.ConstructorArguments
               select ((string)a[0].Value!, (int)a[1].Value!, (string)a[2].Value!),
        ];
    }

    /// <summary>The samples of the policy, in every situation that an option asks for.</summary>
    public IEnumerable<PolicyCase> Samples =>
        from sample in samples
        from @class in Enumerable.Range(0, classes)
        select new PolicyCase(sample.Command, sample.ExitCode, sample.Log, @class, @class % 3, 2, @class % 5 == 4, @class % 2 == 0);

    /// <summary>Any number of made-up cases.</summary>
    public Gen<PolicyCase> Generated => Gen.ULong.Select(seed => Make(new Dice(seed)));

    private PolicyCase Make(Dice dice)
    {
        var sample = samples[dice.Below(samples.Length)];
        var exitCode = dice.Below(3) switch
        {
            0 => sample.ExitCode,
            1 => Math.Clamp(numbers[dice.Below(numbers.Length)] + dice.Below(3) - 1, 0, 255),
            _ => dice.Below(256),
        };
        return new PolicyCase(
            Command(dice, sample.Command), exitCode, Log(dice, sample.Log), dice.Below(classes), dice.Below(4), dice.Below(4), dice.Below(4) == 0, dice.Below(2) == 0);
    }

    private string Command(Dice dice, string sample)
    {
        var command = dice.Below(6) switch
        {
            0 => texts[dice.Below(texts.Length)],
            1 => $"{Bent(dice, texts[dice.Below(texts.Length)])} {sample}",
            2 => "/usr/bin/" + sample,
            3 => Bent(dice, sample),
            _ => sample,
        };
        return command.Replace("\0", "", StringComparison.Ordinal);
    }

    private string Log(Dice dice, string sample)
    {
        var log = new StringBuilder();
        var parts = dice.Below(5);
        for (var i = 0; i < parts; i++)
        {
            log.Append(dice.Below(8) switch
            {
                0 => sample,
                1 => texts[dice.Below(texts.Length)],
                2 => Bent(dice, texts[dice.Below(texts.Length)]),
                3 or 4 => Match(dice, patterns[dice.Below(patterns.Length)]),
                5 => Bent(dice, Match(dice, patterns[dice.Below(patterns.Length)])),
                6 => Bytes(dice),
                _ => dice.Below(40) == 0 ? new string('x', 16000 + dice.Below(800)) : " ",
            });
            if (dice.Below(3) == 0)
                log.Append('\n');
        }
        return log.ToString();
    }

    /// <summary>A near miss: one character gone, doubled, in the other case, or replaced by a byte.</summary>
    private static string Bent(Dice dice, string text)
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

    private static string Bytes(Dice dice) => string.Concat(Enumerable.Range(0, 1 + dice.Below(3)).Select(_ => (char)dice.Below(256)));

    /// <summary>A text that the pattern matches, before its anchors are looked at.</summary>
    internal static string Match(Dice dice, PatternNode node) => node switch
    {
        Letter { Value: var c } => c.ToString(),
        Group { Inner: var inner } => Match(dice, inner),
        Choice { Branches: var branches } => Match(dice, branches[dice.Below(branches.Count)]),
        Sequence { Items: var items } => string.Concat(items.Select(i => Match(dice, i))),
        Repeat { Inner: var inner, Suffix: var suffix } =>
            string.Concat(Enumerable.Range(0, dice.Below(4) + (suffix == "+" ? 1 : 0)).Select(_ => Match(dice, inner))),
        CharacterSet { Negated: false, Ranges: var ranges } when ranges[dice.Below(ranges.Count)] is var (first, last) =>
            ((char)(first + dice.Below(last - first + 1))).ToString(),
        CharacterSet => dice.Below(3) == 0 ? Bytes(dice) : "vm-100-disk-0",
        _ => "",
    };
}

/// <summary>Numbers from a seed that CsCheck chose, the same in every run with that seed.</summary>
internal sealed class Dice(ulong seed)
{
    private readonly PCG source = new(1, seed);

    public int Below(int limit) => (int)source.Next((uint)limit);
}
