using CsCheck;

namespace VmRecovery.Tests.Translation;

/// <summary>C# and the bash made from it give the same answers.</summary>
public sealed class AgreementTests
{
    private const int CasesARound = 5_000;
    private const int Rounds = 4;

    private static readonly Lazy<PolicyInBothWorlds> Policy = new(() => new PolicyInBothWorlds(ShippedPolicy.Compilation));

    [Fact]
    public void Every_class_and_option_takes_part()
    {
        Assert.True(Policy.Value.Predicates >= Policy.Value.Classes - 1 + Policy.Value.Options);
    }

    [Fact]
    public async Task On_the_samples_of_the_policy()
    {
        await AssertAgreeAsync(Policy.Value, [.. new PolicyCases(ShippedPolicy.Compilation, Policy.Value.Classes).Samples]);
    }

    [Fact]
    public async Task On_generated_failures()
    {
        var cases = new PolicyCases(ShippedPolicy.Compilation, Policy.Value.Classes);
        await cases.Generated.Array[CasesARound].SampleAsync(round => AssertAgreeAsync(Policy.Value, round), iter: Rounds, threads: 2);
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
