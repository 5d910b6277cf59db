using VmRecovery.Host.Processes;
using VmRecovery.Node.Simulated.Sandbox;
using VmRecovery.Node.Simulated.State;
using VmRecovery.Node.Simulated.Web;
using VmRecovery.Tests.Simulated;

namespace VmRecovery.Tests.CoreLibrary;

/// <summary>ProxmoxVE's scripts that load vm-core.func, unmodified, with ours in its place.</summary>
public sealed class ScriptsThatUseTheCoreTests
{
    [UpstreamTheory]
    [InlineData("HEAD", "docker-vm.sh", "9.1.1")]
    [InlineData("129f2f632", "docker-vm.sh", "9.1.1")]
    [InlineData("896714e06", "docker-vm.sh", "9.1.1")]
    // This one checks the version itself and knows nothing newer.
    [InlineData("5abcb4705", "umbrel-os-vm.sh", "8.4.1")]
    public async Task A_script_builds_its_vm(string commit, string script, string version)
    {
        var checkout = UpstreamTheoryAttribute.Checkout!;
        var text = await ProcessRunner.RunAsync("git", ["-C", checkout, "show", $"{commit}:vm/{script}"]);
        Assert.True(text.ExitCode == 0, text.Error);
        var state = new NodeState { Version = $"pve-manager/{version}/0123abcd (running kernel: 6.8.12-9-pve)" };
        state.Add(new Storage("local-lvm", StorageKind.LvmThin));
        var run = new ScriptRun
        {
            State = state,
            Content = new WebContent { LibraryFolders = { Path.Combine(checkout, "misc") } }.Page("misc/vm-core.func", CoreFunctions.Text),
        };

        var result = await run.RunAsync(text.Output, ("DIAGNOSTICS", "yes"));

        Assert.True(result.ExitCode == 0, result.Output + "\n" + string.Join('\n', result.Calls.Select(c => $"{c.ExitCode} {c.CommandLine} {c.Error}")));
        Assert.Contains("boot", Assert.Single(result.Node.Machines).Config.Keys);
        Assert.Empty(result.Processes);
        Assert.Equal(["installing", "success"], result.Telemetry.Select(t => t.Status));
    }

    [Fact]
    public async Task A_banner_that_cannot_be_fetched_is_not_kept()
    {
        var run = new ScriptRun { Content = new WebContent().Page("vm/headers/docker-vm", "BANNER\n") };

        // A script that carries the whole library along.
        var script = CoreFunctions.Text + """

            set -euo pipefail
            APP="Missing VM"; header_info; get_header || echo "status $?"
            APP="Docker VM"; header_info; get_header
            find /usr/local/community-scripts -type f
            """;
        var result = (await run.RunAsync(new Execution(script) { AsFile = true }))[0];

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.EndsWith("status 1\nBANNER\nBANNER\n/usr/local/community-scripts/headers/vm/docker-vm\n", result.Output, StringComparison.Ordinal);
    }
}
