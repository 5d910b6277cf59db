using VmRecovery.Node.Simulated.Faults;

namespace VmRecovery.Tests.Recovery;

/// <summary><c>VM_RECOVERY</c> decides in place of a user; without one and without a terminal everything is kept.</summary>
public sealed class UnattendedTests
{
    private const int TimeLimit = 60_000;

    [Theory(Timeout = TimeLimit)]
    [InlineData(null)]
    [InlineData("ask")]
    [InlineData("keep")]
    [InlineData("")]
    [InlineData("first-boot")] // not offered here, so it counts as keep
    [InlineData("destroy-existing")]
    public async Task The_vm_is_kept_with(string? recovery)
    {
        var run = await new RecoveryRun("cloud-image-vm") { Recovery = recovery, Faults = [Fault.Fails("^qm start", 0)] }.RunAsync();

        Assert.NotNull(run.Node.Machine(100));
        Assert.Equal(255, run.ExitCode);
        Assert.Equal(["failed"], run.Verdicts);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Abort_leaves_nothing()
    {
        var run = await new RecoveryRun("cloud-image-vm") { Recovery = "abort", Faults = [Fault.Fails("^qm start", 0)] }.RunAsync();

        Assert.Empty(run.Node.Machines);
        Assert.Empty(run.Node.Volumes);
        Assert.Equal(255, run.ExitCode);
        Assert.Equal(["failed"], run.Verdicts);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_retry_that_works_ends_with_0()
    {
        var run = await new RecoveryRun("cloud-image-vm") { Recovery = "retry", Faults = [Fault.Fails("^qm importdisk")] }.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.True(run.Node.Machine(100)?.Running);
        Assert.Equal(["failed", "success"], run.Verdicts);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task The_list_is_used_up_in_order_and_ends_with_keep()
    {
        var run = await new RecoveryRun("cloud-image-vm") { Recovery = "retry", Faults = [Fault.Fails("^qm importdisk", 0)] }.RunAsync();

        Assert.Equal(2, run.Count("^qm importdisk"));
        Assert.NotNull(run.Node.Machine(100));
        Assert.Equal(["failed", "failed"], run.Verdicts);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Retries_end_after_the_second_whatever_the_list_says()
    {
        var run = await new RecoveryRun("cloud-image-vm") { Recovery = "retry,retry,retry,retry", Faults = [Fault.Fails("^qm importdisk", 0)] }.RunAsync();

        Assert.Equal(3, run.Count("^qm importdisk"));
        Assert.NotNull(run.Node.Machine(100));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task After_the_first_key_there_is_no_retry()
    {
        var run = await new RecoveryRun("router-vm") { Recovery = "retry", Faults = [Fault.Fails("^qm sendkey", 3)] }.RunAsync();

        Assert.Equal(1, run.Count("^qm create"));
        Assert.NotNull(run.Node.Machine(100));
        Assert.NotEqual(0, run.ExitCode);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_script_keeps_its_own_fallback_when_nobody_can_be_asked()
    {
        var run = await new RecoveryRun("docker-image-vm") { Faults = [Fault.Fails("^virt-customize .*--install", 0)] }.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(1, run.Count("first-boot-docker.service"));
        Assert.True(run.Node.Machine(100)?.Running);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("retry,retry,retry", 3)]
    [InlineData("retry", 2)]
    [InlineData("keep", 1)]
    public async Task With_nothing_left_to_choose_a_script_keeps_its_own_fallback(string recovery, int attempts)
    {
        var run = await new RecoveryRun("docker-image-vm") { Recovery = recovery, Faults = [Fault.Fails("^virt-customize .*--install", 0)] }.RunAsync();

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(attempts, run.Verdicts.Count);
        Assert.True(run.Node.Machine(100)?.Running);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task First_boot_takes_the_scripts_own_fallback()
    {
        var run = await new RecoveryRun("docker-image-vm") { Recovery = "first-boot", Faults = [Fault.Fails("^virt-customize .*--install", 0)] }.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(1, run.Count("first-boot-docker.service"));
        Assert.True(run.Node.Machine(100)?.Running);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task An_import_that_the_script_swallows_does_not_make_a_vm_from_the_efi_disk()
    {
        var run = await new RecoveryRun("router-vm") { Recovery = "keep", Faults = [Fault.Fails("^qm importdisk", 0)] }.RunAsync();

        Assert.NotEqual(0, run.ExitCode);
        Assert.Equal(["failed"], run.Verdicts);
        Assert.Equal(0, run.Count("^qm start"));
    }
}
