using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Tests.Recovery;

/// <summary>The mission's test matrix (contract, section 7), row by row, over the samples and with a user at a terminal.</summary>
public sealed class TestMatrixTests
{
    private const int TimeLimit = 60_000;

    [Theory(Timeout = TimeLimit)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(28)]
    public async Task Download(int curlStatus)
    {
        var run = await new RecoveryRun("cloud-image-vm") { Terminal = true, CurlStatus = curlStatus }.RunAsync();

        // Nothing came that could be deleted.
        Assert.Superset(new HashSet<string> { "retry" }, run.Menus[0]);
        if (curlStatus != 28)
            Assert.DoesNotContain("retry-clean-cache", run.Menus[0]);
        Assert.Equal(curlStatus, run.ExitCode);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("cloud-image-vm", 255)]
    [InlineData("appliance-vm", 226)]
    [InlineData("firewall-vm", 255)]
    public async Task Disk_import(string sample, int scriptsOwnStatus)
    {
        var run = await new RecoveryRun(sample)
        {
            Terminal = true,
            Node = WithAnotherStorage(NodeState.With(StorageKind.LvmThin, "local-lvm")),
            Faults = [Fault.Fails("^qm (importdisk|disk import) [0-9]", 0, "unable to open file: unsupported image format", 255)],
        }.RunAsync();

        Assert.Superset(new HashSet<string> { "retry", "other-storage" }, run.Menus[0]);
        Assert.Equal(scriptsOwnStatus, run.ExitCode);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Vmid_conflict()
    {
        var run = await new RecoveryRun("cloud-image-vm") { Terminal = true, Faults = [RecoveryRun.AnotherAdminTakesTheId] }.RunAsync();

        Assert.Superset(new HashSet<string> { "other-vmid", "destroy-existing" }, run.Menus[0]);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Virt_customize_in_docker_vm()
    {
        var run = await new RecoveryRun("docker-image-vm") { Terminal = true, Faults = [Fault.Fails("^virt-customize", 0)] }.RunAsync();

        Assert.Superset(new HashSet<string> { "retry", "first-boot" }, run.Menus[0]);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("Dir")]
    [InlineData("LvmThin")]
    [InlineData("ZfsPool")]
    public async Task Storage_full(string kind)
    {
        var node = NodeState.With(Enum.Parse<StorageKind>(kind), "disks");
        node.Storages["disks"].Full = true;
        WithAnotherStorage(node);
        var run = await new RecoveryRun("cloud-image-vm") { Terminal = true, Node = node }.RunAsync();

        Assert.Superset(new HashSet<string> { "other-storage", "shrink-disk" }, run.Menus[0]);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Storage_full_without_another_storage()
    {
        var node = NodeState.With(StorageKind.Dir, "disks");
        node.Storages["disks"].Full = true;
        var run = await new RecoveryRun("cloud-image-vm") { Terminal = true, Node = node }.RunAsync();

        Assert.DoesNotContain("other-storage", run.Menus[0]);
        Assert.Contains("shrink-disk", run.Menus[0]);
    }

    private static NodeState WithAnotherStorage(NodeState node)
    {
        node.Add(new Storage("spare", StorageKind.Dir));
        return node;
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Network_timeout()
    {
        var run = await new RecoveryRun("cloud-image-vm") { Terminal = true, CurlStatus = 28 }.RunAsync();

        Assert.Superset(new HashSet<string> { "retry", "abort" }, run.Menus[0]);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Two_retries_used()
    {
        var run = await new RecoveryRun("cloud-image-vm")
        {
            Terminal = true,
            Answers = ["retry", "retry", "keep"],
            Faults = [Fault.Fails("^qm importdisk", 0)],
        }.RunAsync();

        Assert.Equal(3, run.Menus.Count);
        Assert.Equal(["abort", "keep"], run.Menus[2].Order());
    }

    [Fact(Timeout = TimeLimit)]
    public async Task The_user_picks_keep()
    {
        var run = await new RecoveryRun("cloud-image-vm") { Terminal = true, Answers = ["keep"], Faults = [Fault.Fails("^qm start")] }.RunAsync();

        Assert.NotNull(run.Node.Machine(100));
        Assert.Equal(255, run.ExitCode);
        foreach (var command in new[] { "qm start 100", "qm config 100", "qm destroy 100" })
            Assert.Contains(command, run.Output, StringComparison.Ordinal);
    }
}
