using VmRecovery.Cli.Torture;
using VmRecovery.Node.Torture;

namespace VmRecovery.Tests.Torture;

/// <summary>The misfortunes that every script has to survive.</summary>
internal static class Plans
{
    public static TortureOptions SingleFaults(TortureOptions options) => options with { Recovery = ["retry", "keep", "abort"] };

    public static TortureOptions Pairs(TortureOptions options) => options with { Recovery = [], Pairs = true };

    /// <summary>Every eighth pair, and with <c>VMRECOVERY_TORTURE=all</c> every one: ProxmoxVE's scripts have some 1,700.</summary>
    public static TortureOptions UpstreamPairs(TortureOptions options) =>
        Pairs(options) with { PairStride = Environment.GetEnvironmentVariable("VMRECOVERY_TORTURE") == "all" ? 1 : 8 };

    public static TortureOptions Signals(TortureOptions options) => options with { Recovery = [], Signals = true };

    public static TortureOptions Kills(TortureOptions options) => options with { Recovery = [], Kills = true };

    /// <summary>Runs a plan; every case has to end as chosen, or as the contract says.</summary>
    public static async Task AllCleanAsync(TortureOptions plan, ITestOutputHelper output)
    {
        using var report = new StringWriter();

        var exitCode = await TortureCommand.RunAsync(plan, report, TextWriter.Null);

        output.WriteLine(report.ToString());
        Assert.True(exitCode == 0, report.ToString());
    }
}
