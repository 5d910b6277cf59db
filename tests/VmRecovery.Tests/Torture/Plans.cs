using VmRecovery.Torture;
using Xunit.Abstractions;

namespace VmRecovery.Tests.Torture;

/// <summary>The misfortunes that every script has to survive.</summary>
internal static class Plans
{
    /// <summary>Without <c>VMRECOVERY_TORTURE=all</c> every eighth pair is run.</summary>
    private const int UsualPairStride = 8;

    public static TortureOptions SingleFaults(TortureOptions options) => options with { Recovery = ["retry", "keep", "abort"] };

    public static TortureOptions Pairs(TortureOptions options) => options with
    {
        Recovery = [],
        Pairs = true,
        PairStride = Environment.GetEnvironmentVariable("VMRECOVERY_TORTURE") == "all" ? 1 : UsualPairStride,
    };

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
