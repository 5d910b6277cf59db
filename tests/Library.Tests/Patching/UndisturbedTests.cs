using System.Text;
using System.Text.RegularExpressions;
using VmRecovery.Node.Simulated.Sandbox;
using VmRecovery.Node.Simulated.State;
using VmRecovery.Node.Simulated.Web;
using VmRecovery.Node.Torture;
using VmRecovery.Scripts.Patching;
using VmRecovery.Tests.Recovery;
using VmRecovery.Tests.Simulated;

namespace VmRecovery.Tests.Patching;

/// <summary>Where nothing fails, nobody sees a difference: the patched script builds the VM that it built before.</summary>
public sealed class UndisturbedTests
{
    private const int TimeLimit = 180_000;

    public static TheoryData<string> Samples => [.. RecoveryRun.Samples];

    public static TheoryData<string, string> Upstream => UpstreamScriptTests.Scripts();

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Samples))]
    public async Task A_patched_sample_builds_the_same_vm(string sample)
    {
        var script = await File.ReadAllBytesAsync(Path.Combine(Fixtures.Samples, sample + ".sh"));

        await SameVmAsync(script, null, NodeState.Installed);
    }

    [UpstreamTheory(Timeout = TimeLimit)]
    [MemberData(nameof(Upstream))]
    public async Task A_patched_script_of_ProxmoxVE_builds_the_same_vm(string script, string storage)
    {
        var checkout = UpstreamTheoryAttribute.Checkout!;

        await SameVmAsync(
            await File.ReadAllBytesAsync(Path.Combine(checkout, "vm", script)),
            Path.Combine(checkout, "misc"),
            () => UpstreamScriptTests.NodeWith(storage));
    }

    private static async Task SameVmAsync(byte[] script, string? libraries, Func<NodeState> node)
    {
        var patched = await PatchChecks.PatchAsync(script);
        Assert.Equal(PatchStatus.Patched, patched.Status);

        var before = await RunAsync(script, libraries, node());
        var after = await RunAsync(patched.After.Raw, libraries, node());

        Assert.Equal((0, 0), (before.ExitCode, after.ExitCode));
        Assert.Empty(NodeDiff.Differences(before.Node, after.Node, withContent: true));
        Assert.Equal(Commands(before), Commands(after));
        Assert.Equal(before.Telemetry.Select(t => t.Status), after.Telemetry.Select(t => t.Status));
        Assert.DoesNotContain("although this failed", after.Output, StringComparison.Ordinal);
        Assert.Equal(Files(before), Files(after));
    }

    private static async Task<ExecutionResult> RunAsync(byte[] script, string? libraries, NodeState node)
    {
        // Our vm-core.func for both: a script of the second generation needs one, also without recovery.
        var content = new WebContent { LibraryFolders = { Path.Combine(Checkout.Root, "out", "misc") } };
        if (libraries is not null)
            content.LibraryFolders.Add(libraries);
        content.Page("nas/index.html", "<a href=\"nas-25.04.2.iso\">\n<a href=\"nas-25.10.1.iso\">\n");
        return await new ScriptRun { State = node, Content = content }.RunAsync(Encoding.UTF8.GetString(script), ("DIAGNOSTICS", "yes"));
    }

    private static IEnumerable<string> Files(ExecutionResult run) =>
        run.Files.Where(f => f.Kind != 'd').Select(f => Regex.Replace(f.Path, @"tmp\.\w+", "tmp.NAME")).Order(StringComparer.Ordinal);

    // What the node was told to do, in order: xz gets another option, and the names of temporary files differ.
    private static IEnumerable<string> Commands(ExecutionResult run) =>
        run.Steps.Select(s => s.CommandLine.Split(' ')).Select(w => w[0] is "qm" or "pvesm" ? $"{w[0]} {w[1]}" : w[0]);
}
