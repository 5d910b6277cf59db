using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.State;
using VmRecovery.Node.Simulated.Web;

namespace VmRecovery.Tests.Recovery;

/// <summary>A retry starts from what the user chose and repeats nothing costly that was finished.</summary>
public sealed class RetryTests
{
    private const int TimeLimit = 60_000;

    public static TheoryData<string> RetriedLate() =>
        ["cloud-image-vm", "appliance-vm", "docker-image-vm", "firewall-vm", "installer-iso-vm"];

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(RetriedLate))]
    public async Task After_a_late_failure_it_fetches_customizes_and_asks_nothing_again(string sample)
    {
        var undisturbed = await new RecoveryRun(sample).RunAsync();
        var run = await new RecoveryRun(sample) { Recovery = "retry", Faults = [Fault.Fails("^qm set .*-description")] }.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, run.Count("^qm create"));
        Assert.Equal(undisturbed.ImageBytes, run.ImageBytes);
        Assert.Equal(undisturbed.Count("^virt-customize"), run.Count("^virt-customize"));
        Assert.Equal(undisturbed.ScriptDialogs, run.ScriptDialogs);
        Assert.Equal(undisturbed.Configuration(100), run.Configuration(100));
        Assert.Equal(undisturbed.Node.Volumes.Select(v => (v.Id, v.Bytes, v.Written)), run.Node.Volumes.Select(v => (v.Id, v.Bytes, v.Written)));
    }

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(RetriedLate))]
    public async Task Nothing_of_it_stays_behind_after_success(string sample)
    {
        var undisturbed = await new RecoveryRun(sample).RunAsync();
        var run = await new RecoveryRun(sample) { Recovery = "retry", Faults = [Fault.Fails("^qm set .*-description")] }.RunAsync();

        Assert.Equal(undisturbed.LeftFiles, run.LeftFiles);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("firewall-vm")]
    [InlineData("appliance-vm")]
    public async Task What_is_no_archive_is_not_taken_for_an_image(string sample)
    {
        var garbage = Fault.Fails("^download ") with { Web = WebFault.Garbage };

        var run = await new RecoveryRun(sample) { Recovery = "abort", Faults = [garbage] }.RunAsync();

        Assert.True(run.ExitCode != 0, run.ToString());
        Assert.Equal(0, run.Count("^qm (disk import|importdisk)"));
        Assert.Equal(["failed"], run.Verdicts);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_clean_cache_means_that_the_image_is_fetched_again()
    {
        var undisturbed = await new RecoveryRun("appliance-vm").RunAsync();
        var run = await new RecoveryRun("appliance-vm") { Recovery = "retry-clean-cache", Faults = [Fault.Fails("^download ")] }.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(undisturbed.Configuration(100), run.Configuration(100));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Other_storage_moves_everything_to_the_other_storage()
    {
        var node = NodeState.With(StorageKind.LvmThin, "first");
        node.Add(new Storage("second", StorageKind.Dir));
        node.Storages["first"].Full = true;
        var run = await new RecoveryRun("cloud-image-vm") { Node = node, Recovery = "other-storage" }.RunAsync();

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.All(run.Node.Volumes, v => Assert.StartsWith("second:", v.Id, StringComparison.Ordinal));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task The_log_stays_after_a_failure_and_goes_after_success()
    {
        var failed = await new RecoveryRun("cloud-image-vm") { Recovery = "abort", Faults = [Fault.Fails("^qm importdisk", 0)] }.RunAsync();
        var retried = await new RecoveryRun("cloud-image-vm") { Recovery = "retry", Faults = [Fault.Fails("^qm importdisk")] }.RunAsync();

        Assert.Contains("/tmp/vm-install-100.log", failed.LeftFiles);
        Assert.DoesNotContain("/tmp/vm-install-100.log", retried.LeftFiles);
    }
}
