using System.Text.RegularExpressions;
using VmRecovery.Host.Processes;
using VmRecovery.Scripts.Patching;
using VmRecovery.Tests.Simulated;

namespace VmRecovery.Tests.Patching;

/// <summary>ProxmoxVE's own scripts, and every version they ever had.</summary>
public sealed class UpstreamTests(ITestOutputHelper output)
{
    private static readonly TimeSpan GitTime = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Scripts => UpstreamTheoryAttribute.Checkout is { } checkout
        ? new(Directory.GetFiles(Path.Combine(checkout, "vm"), "*.sh").Order(StringComparer.Ordinal))
        : new("none");

    [UpstreamTheory]
    [MemberData(nameof(Scripts))]
    public async Task Every_script_is_patched_or_refused_because_it_cannot_run_anyway(string path)
    {
        var script = await File.ReadAllBytesAsync(path);

        var outcome = await PatchChecks.PatchAsync(script);

        output.WriteLine($"{Path.GetFileName(path)}: {outcome.Status} {outcome.Insertions.Sum(e => e.LineCount)} {outcome.Refusal}");
        await PatchChecks.WholeOrNotAtAllAsync(script, outcome);
        if (outcome.Status == PatchStatus.Refused)
            Assert.Contains("always stops here", outcome.Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(await ShellCheckAsync(script), await ShellCheckAsync(outcome.After.Raw));
    }

    /// <summary>Every twentieth version; all 769 of them with VMRECOVERY_HISTORY=all, which takes minutes.</summary>
    [UpstreamTheory]
    [InlineData(20)]
    public async Task Old_versions_are_patched_or_refused_with_a_reason_and_none_is_broken(int step)
    {
        if (Environment.GetEnvironmentVariable("VMRECOVERY_HISTORY") == "all")
            step = 1;
        var versions = await VersionsAsync(UpstreamTheoryAttribute.Checkout!);
        var found = new List<(string Year, PatchStatus Status, string Why)>();
        foreach (var (year, blob) in versions.Where((_, i) => i % step == 0))
        {
            var script = (await GitAsync("cat-file", "blob", blob)).Output;
            var outcome = await PatchChecks.PatchAsync(script);
            await PatchChecks.WholeOrNotAtAllAsync(script, outcome);
            found.Add((year, outcome.Status, outcome.Refusal?.Message ?? ""));
        }
        foreach (var year in found.GroupBy(f => f.Year).OrderBy(g => g.Key, StringComparer.Ordinal))
            output.WriteLine($"{year.Key}: {year.Count(f => f.Status == PatchStatus.Patched)} of {year.Count()} patched");
        foreach (var why in found.Where(f => f.Why.Length > 0).CountBy(f => Regex.Replace(f.Why, @"\d+", "N")))
            output.WriteLine($"{why.Value}: {why.Key}");
    }

    private static async Task<List<(string Year, string Blob)>> VersionsAsync(string checkout)
    {
        Assert.True(Directory.Exists(checkout));
        var log = await GitAsync("log", "--raw", "--no-abbrev", "--no-renames", "--format=@%ad", "--date=format:%Y", "--", "vm/*.sh");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var versions = new List<(string, string)>();
        var year = "";
        foreach (var line in System.Text.Encoding.UTF8.GetString(log.Output).Split('\n'))
        {
            if (line.StartsWith('@'))
                year = line[1..];
            else if (line.Split(' ') is [[':', ..], _, _, var blob, ..] && blob.Trim('0').Length > 0 && seen.Add(blob))
                versions.Add((year, blob));
        }
        return versions;
    }

    private static Task<ProcessBytes> GitAsync(params string[] arguments) =>
        ProcessRunner.RunBytesAsync("git", ["-C", UpstreamTheoryAttribute.Checkout!, .. arguments], [], GitTime);

    private static async Task<string> ShellCheckAsync(byte[] script)
    {
        var run = await ProcessRunner.RunBytesAsync("shellcheck", ["--norc", "-s", "bash", "-f", "gcc", "-"], script, TimeSpan.FromSeconds(60));
        var codes = Regex.Matches(System.Text.Encoding.UTF8.GetString(run.Output), @"\[(SC\d+)\]").Select(m => m.Groups[1].Value);
        return string.Join(' ', codes.CountBy(c => c).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}:{c.Value}"));
    }
}
