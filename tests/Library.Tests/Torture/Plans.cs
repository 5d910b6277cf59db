using System.Text.RegularExpressions;
using VmRecovery.Cli.Torture;
using VmRecovery.Node.Torture;

namespace VmRecovery.Tests.Torture;

/// <summary>The scenarios that every script has to survive.</summary>
internal static partial class Plans
{
    public static TortureRequest SingleFaults(TortureRequest request) => request with { Recovery = ["retry", "keep", "abort"] };

    public static TortureRequest Pairs(TortureRequest request) => request with { Recovery = [], Pairs = true };

    /// <summary>Every eighth pair, and with <c>VMRECOVERY_TORTURE=all</c> every one: ProxmoxVE's scripts have some 1,700.</summary>
    public static TortureRequest UpstreamPairs(TortureRequest request) =>
        Pairs(request) with { PairStride = Environment.GetEnvironmentVariable("VMRECOVERY_TORTURE") == "all" ? 1 : 8 };

    public static TortureRequest Signals(TortureRequest request) => request with { Recovery = [], Signals = true };

    public static TortureRequest Kills(TortureRequest request) => request with { Recovery = [], Kills = true };

    public static TortureRequest Workers(TortureRequest request) => request with { Recovery = [], Workers = true };

    public static TortureRequest HiddenCommands(TortureRequest request) => request with { Recovery = [], Hidden = true };

    /// <summary>Runs a plan; every case has to end as chosen, or as the contract says.</summary>
    public static async Task AllCleanAsync(TortureRequest plan, ITestOutputHelper output)
    {
        using var report = new StringWriter();

        var exitCode = await TortureCommand.RunAsync(plan, report, TextWriter.Null);

        output.WriteLine(report.ToString());
        Assert.True(exitCode == 0, report.ToString());
    }

    /// <summary>
    /// Runs the plan of the workers: a worker that is killed ends as chosen, and no scenario harms what is somebody else's.
    /// A creation whose work goes on without its command, Ctrl-C that reaches only the worker, and a backup that begins
    /// meanwhile do not all end as they should yet: the report tells.
    /// </summary>
    public static async Task WorkersHarmNobodyAsync(TortureRequest plan, ITestOutputHelper output)
    {
        using var report = new StringWriter();

        await TortureCommand.RunAsync(Workers(plan), report, TextWriter.Null);

        var text = report.ToString();
        output.WriteLine(text);
        Assert.DoesNotContain("somebody else's", text, StringComparison.Ordinal);
        foreach (var counts in Counts().Matches(text).Where(m => m.Groups["kind"].Value == "workers killed"))
            Assert.True(counts.Groups["clean"].Value == counts.Groups["all"].Value, text);
    }

    [GeneratedRegex(@": (?<kind>[a-z ,-]+): (?<clean>[0-9]+) of (?<all>[0-9]+) clean")]
    private static partial Regex Counts();
}
