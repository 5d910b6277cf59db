namespace VmRecovery.Tests.Recovery;

/// <summary>What recovery costs a run in which nothing fails.</summary>
public sealed class CostTests
{
    private const int TimeLimit = 120_000;

    /// <summary>
    /// The goal is 10 for every sample. A Proxmox command inside <c>$(…)</c> costs a fork of its own, and each kept
    /// download an <c>ln</c> and a <c>tee</c>: three samples are still above it, and must not get worse.
    /// </summary>
    [Theory(Timeout = TimeLimit)]
    [InlineData("cloud-image-vm", 10)]
    [InlineData("firewall-vm", 10)]
    [InlineData("installer-iso-vm", 10)]
    [InlineData("router-vm", 11)]
    [InlineData("appliance-vm", 14)]
    [InlineData("docker-image-vm", 22)]
    public async Task A_run_without_a_failure_starts_few_processes_more_and_no_proxmox_command(string sample, int most)
    {
        var without = await new RecoveryRun(sample) { Unpatched = true, CountProcesses = true }.RunAsync();
        var with = await new RecoveryRun(sample) { CountProcesses = true }.RunAsync();

        Assert.Equal((0, 0), (without.ExitCode, with.ExitCode));
        Assert.Equal(without.NodeCommands, with.NodeCommands);
        Assert.InRange(with.Processes - without.Processes, 0, most);
    }
}
