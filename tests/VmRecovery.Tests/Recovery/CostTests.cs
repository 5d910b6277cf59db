namespace VmRecovery.Tests.Recovery;

/// <summary>What recovery costs a run in which nothing fails.</summary>
public sealed class CostTests
{
    private const int TimeLimit = 120_000;

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Samples))]
    public async Task A_run_without_a_failure_starts_at_most_ten_processes_more_and_no_proxmox_command(string sample)
    {
        var without = await new RecoveryRun(sample) { Unpatched = true, CountProcesses = true }.RunAsync();
        var with = await new RecoveryRun(sample) { CountProcesses = true }.RunAsync();

        Assert.Equal((0, 0), (without.ExitCode, with.ExitCode));
        Assert.Equal(without.NodeCommands, with.NodeCommands);
        Assert.InRange(with.Processes - without.Processes, 0, 10);
    }

    public static TheoryData<string> Samples() => [.. RecoveryRun.Samples];
}
