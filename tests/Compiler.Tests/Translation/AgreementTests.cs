using CsCheck;

namespace VmRecovery.Tests.Translation;

/// <summary>C# and the bash made from it give the same answers.</summary>
[NeedsProcess]
public sealed class AgreementTests
{
    private const int Failures = 20_000;
    private const int FailuresAProcess = 2_500;

    private static readonly Lazy<PolicyInBothWorlds> Policy = new(() => new PolicyInBothWorlds(ShippedPolicy.Compilation));

    [Fact]
    public void Every_class_and_option_takes_part()
    {
        Assert.True(Policy.Value.Predicates >= Policy.Value.Classes - 1);
        Assert.Equal(Enum.GetValues<VmRecovery.Model.MenuOption>().Length, Policy.Value.Options);
    }

    [Fact]
    public async Task On_the_samples_of_the_policy()
    {
        await AssertAgreeAsync(Policy.Value, [.. new PolicyCases(ShippedPolicy.Compilation, Policy.Value.Classes).Samples]);
    }

    [Fact]
    public async Task On_20000_different_failures()
    {
        var cases = new PolicyCases(ShippedPolicy.Compilation, Policy.Value.Classes);
        await Gen.ULong.SampleAsync(
            seed => Parallel.ForEachAsync(
                cases.Distinct(seed).Take(Failures).Chunk(FailuresAProcess),
                new ParallelOptions { MaxDegreeOfParallelism = 2 },
                async (some, _) => await AssertAgreeAsync(Policy.Value, some)),
            iter: 1,
            threads: 1);
    }

    internal static async Task AssertAgreeAsync(PolicyInBothWorlds policy, IReadOnlyList<PolicyCase> cases)
    {
        var native = policy.Native(cases);
        var bash = await policy.BashAsync(cases);
        Assert.Equal(native.Count, bash.Count);
        for (var i = 0; i < native.Count; i++)
            Assert.True(native[i] == bash[i], $"{cases[i]}\nC#:   {native[i]}\nbash: {bash[i]}");
    }
}
