using System.Reflection;
using CsCheck;

namespace VmRecovery.Tests.Translation;

/// <summary>The cleanup steps that ship call the same commands in the same order in C# and in bash, whatever the node answers.</summary>
[NeedsProcess]
public sealed class CleanupAgreementTests
{
    // More than any step asks.
    private const int Calls = 11;
    private const int ChoicesOfArguments = 6;

    private static readonly Lazy<FixtureInBothWorlds> Steps = new(() =>
        new FixtureInBothWorlds(ShippedPolicy.Compilation, ShippedPolicy.Translated, "recovery-model/Cleanup/Steps.cs"));

    [Fact]
    public async Task Every_step_does_the_same_for_every_answer_of_the_node()
    {
        Assert.Equal(typeof(Model.Cleanup.Steps).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Length, Steps.Value.Count);
        await Gen.ULong.Array[ChoicesOfArguments].SampleAsync(
            async seeds =>
            {
                FixtureCase[] cases = [.. seeds.SelectMany(seed => Steps.Value.Exhaustive(seed, Calls))];
                var bash = await Steps.Value.BashAsync(cases);
                Assert.Equal(cases.Length, bash.Length);
                for (var i = 0; i < cases.Length; i++)
                {
                    var native = cases[i].Native();
                    Assert.True(native == bash[i], $"{cases[i]}\nC#:   {native}\nbash: {bash[i]}");
                    Assert.InRange(native.Count(c => c == RecordedNode.AfterCall), 1, Calls);
                }
            },
            iter: 1,
            threads: 1);
    }
}
