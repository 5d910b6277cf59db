using VmRecovery.Tests.Recovery;
using VmRecovery.Torture;
using Xunit.Abstractions;

namespace VmRecovery.Tests.Torture;

/// <summary>Every sample, patched, under every misfortune: it ends as chosen, or as the contract says.</summary>
public sealed class SampleTortureTests(ITestOutputHelper output)
{
    private const int TimeLimit = 1_800_000;

    /// <summary>Without <c>VMRECOVERY_TORTURE=all</c> every eighth pair is run.</summary>
    private const int UsualPairStride = 8;

    /// <summary>The samples as the folder has them: a new one is tortured, too.</summary>
    public static TheoryData<string> Samples =>
        [.. Directory.GetFiles(Path.Combine(Checkout.Root, "samples", "vm"), "*.sh").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Samples))]
    public Task A_failure_at_any_step_ends_as_chosen(string sample) => TortureAsync(sample, o => o with { Recovery = ["retry", "keep", "abort"] });

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Samples))]
    public Task A_retry_or_clean_up_that_fails_as_well_ends_well_or_is_named(string sample) => TortureAsync(sample, o => o with
    {
        Pairs = true,
        PairStride = Environment.GetEnvironmentVariable("VMRECOVERY_TORTURE") == "all" ? 1 : UsualPairStride,
    });

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Samples))]
    public Task A_signal_at_any_step_leaves_nothing(string sample) => TortureAsync(sample, o => o with { Signals = true });

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Samples))]
    public Task What_a_kill_at_any_step_left_is_named_or_removed_by_the_next_run(string sample) => TortureAsync(sample, o => o with { Kills = true });

    private async Task TortureAsync(string sample, Func<TortureOptions, TortureOptions> change)
    {
        var options = new TortureOptions(Path.Combine(Checkout.Root, "out", "vm", sample))
        {
            Recovery = [],
            Libraries = [Path.Combine(Checkout.Root, "out", "misc")],
        };
        using var report = new StringWriter();

        var exitCode = await TortureCommand.RunAsync(change(options), report, TextWriter.Null);

        output.WriteLine(report.ToString());
        Assert.True(exitCode == 0, report.ToString());
    }
}
