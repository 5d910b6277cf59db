using VmRecovery.Patching;
using VmRecovery.Tests.Patching;
using VmRecovery.Tests.Recovery;
using VmRecovery.Tests.SimulatedNode;
using VmRecovery.Torture;
using Xunit.Abstractions;

namespace VmRecovery.Tests.Torture;

/// <summary>ProxmoxVE's own scripts, patched as <c>port</c> does, under single faults.</summary>
public sealed class UpstreamTortureTests(ITestOutputHelper output) : IDisposable
{
    private const int TimeLimit = 1_800_000;

    private readonly string directory = Directory.CreateTempSubdirectory("torture-upstream-").FullName;

    /// <summary>The scripts that run on the simulated node.</summary>
    public static TheoryData<string, string> Scripts => UpstreamScriptTests.Scripts();

    [UpstreamTheory(Timeout = TimeLimit)]
    [MemberData(nameof(Scripts))]
    public async Task A_failure_at_any_step_of_a_patched_script_ends_as_chosen(string script, string storage)
    {
        var checkout = UpstreamTheoryAttribute.Checkout!;
        var outcome = await PatchChecks.PatchAsync(await File.ReadAllBytesAsync(Path.Combine(checkout, "vm", script)));
        Assert.Equal(PatchStatus.Patched, outcome.Status);
        var path = Path.Combine(directory, script);
        await File.WriteAllBytesAsync(path, outcome.After.Raw);
        using var report = new StringWriter();

        var exitCode = await TortureCommand.RunAsync(
            new TortureOptions(path)
            {
                Storage = UpstreamScriptTests.KindOf(storage),
                Libraries = [Path.Combine(Checkout.Root, "out", "misc"), Path.Combine(checkout, "misc")],
            },
            report,
            TextWriter.Null);

        output.WriteLine(report.ToString());
        Assert.True(exitCode == 0, report.ToString());
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
