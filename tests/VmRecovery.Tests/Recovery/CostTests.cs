using VmRecovery.SimulatedNode.State;

namespace VmRecovery.Tests.Recovery;

/// <summary>What recovery costs a run in which nothing fails.</summary>
public sealed class CostTests
{
    private const int TimeLimit = 120_000;

    public static TheoryData<string> Samples => [.. RecoveryRun.Samples];

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Samples))]
    public async Task A_run_without_a_failure_starts_at_most_10_processes_more_and_no_proxmox_command(string sample)
    {
        var without = await new RecoveryRun(sample) { Node = NodeThatAnswers(), Unpatched = true, CountProcesses = true }.RunAsync();
        var with = await new RecoveryRun(sample) { Node = NodeThatAnswers(), CountProcesses = true }.RunAsync();

        Assert.Equal((0, 0), (without.ExitCode, with.ExitCode));
        Assert.Equal(without.NodeCommands, with.NodeCommands);
        Assert.InRange(with.Processes - without.Processes, 0, 10);
    }

    /// <summary>Nothing fails here, so the guest tells its address at once.</summary>
    private static NodeState NodeThatAnswers()
    {
        var node = NodeState.Installed();
        node.GuestInterfaces = """[{"name":"eth0","ip-addresses":[{"ip-address" : "192.0.2.7"}]}]""";
        return node;
    }
}
