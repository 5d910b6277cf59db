using System.Collections.Immutable;
using System.Text;
using VmRecovery.Compiler.Loading;

namespace VmRecovery.Tests.Translation;

/// <summary>
/// Cases made from the policy itself: its samples, the texts it looks for whole and slightly wrong, matches of its
/// patterns, its numbers and their neighbours, and bytes that no log should hold.
/// </summary>
internal sealed class PolicyCases
{
    private readonly PolicyLiterals literals;
    private readonly ImmutableArray<int> exitCodes;
    private readonly ImmutableArray<(string Command, int ExitCode, string Log)> samples;
    private readonly int classes;

    public PolicyCases(PolicyCompilation policy, int classes)
    {
        this.classes = classes;
        literals = new PolicyLiterals(policy, _ => true);
        exitCodes = [.. literals.Numbers.Where(n => n is >= 0 and <= 255)];
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
        select new PolicyCase(sample.Command, sample.ExitCode, sample.Log, @class, @class % 3, 2, @class % 5 == 4, @class % 2 == 0, (ulong)@class + 1);

    /// <summary>Any number of made-up cases, no failure twice; the same ones for the same seed.</summary>
    public IEnumerable<PolicyCase> Distinct(ulong seed)
    {
        var dice = new Dice(seed);
        return Enumerable.Repeat(0, int.MaxValue).Select(_ => Make(dice)).DistinctBy(c => (c.Command, c.ExitCode, c.Log));
    }

    private PolicyCase Make(Dice dice)
    {
        var sample = samples[dice.Below(samples.Length)];
        var exitCode = dice.Below(3) switch
        {
            0 => sample.ExitCode,
            1 => Math.Clamp(exitCodes[dice.Below(exitCodes.Length)] + dice.Below(3) - 1, 0, 255),
            _ => dice.Below(256),
        };
        return new PolicyCase(
            Command(dice, sample.Command), exitCode, Log(dice, sample.Log), dice.Below(classes), dice.Below(4), dice.Below(4), dice.Below(4) == 0, dice.Below(2) == 0, (ulong)dice.Below(1 << 20));
    }

    private string Command(Dice dice, string sample)
    {
        var command = dice.Below(6) switch
        {
            0 => literals.Text(dice),
            1 => $"{PolicyLiterals.Bent(dice, literals.Text(dice))} {sample}",
            2 => "/usr/bin/" + sample,
            3 => PolicyLiterals.Bent(dice, sample),
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
                1 => literals.Text(dice),
                2 => PolicyLiterals.Bent(dice, literals.Text(dice)),
                3 or 4 => literals.Match(dice),
                5 => PolicyLiterals.Bent(dice, literals.Match(dice)),
                6 => PolicyLiterals.Bytes(dice),
                _ => dice.Below(40) == 0 ? new string('x', 16000 + dice.Below(800)) : " ",
            });
            if (dice.Below(3) == 0)
                log.Append('\n');
        }
        return log.ToString();
    }
}
