using VmRecovery.Node.Simulated.Sandbox;

namespace VmRecovery.Tests.Recovery;

/// <summary>A run that was killed left its journal: the next one offers to remove what it lists, and nothing else.</summary>
public sealed class KilledRunTests
{
    private const int TimeLimit = 60_000;
    private const string Sample = "cloud-image-vm";

    /// <summary>What another admin does in the meantime: the number and even the name are used again.</summary>
    private static readonly Execution NumberUsedAgain = new("""
        qm destroy 100
        qm create 100 --name "$NAME" --memory 512 --scsi0 local-lvm:4
        """);

    [Theory(Timeout = TimeLimit)]
    [InlineData("^qm create")]
    [InlineData("^qm set")]
    [InlineData("^qm resize")]
    public async Task Yes_removes_what_it_lists(string killedAt)
    {
        var run = await new RecoveryRun(Sample) { Earlier = [RecoveryRun.Killed(Sample, killedAt)], Terminal = true, Answers = ["yes"] }.RunAsync();

        Assert.True(run.ExitCode == 0, run.ToString());
        // The number was chosen in a dialog before the killed run's was free.
        Assert.Equal(101, Assert.Single(run.Node.Machines).Id);
        Assert.All(run.Node.Volumes, v => Assert.Equal(101, v.Owner));
        Assert.DoesNotContain(run.LeftFiles, f => f.Contains("vm-recovery", StringComparison.Ordinal));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task No_leaves_it_and_says_where_the_journal_is()
    {
        var run = await new RecoveryRun(Sample) { Earlier = [RecoveryRun.Killed(Sample, "^qm set")], Terminal = true, Answers = ["no"] }.RunAsync();

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal([100, 101], run.Node.Machines.Select(m => m.Id));
        Assert.Contains("Its journal is /run/vm-recovery/", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Unattended_it_is_named_and_nothing_is_removed()
    {
        var run = await new RecoveryRun(Sample) { Earlier = [RecoveryRun.Killed(Sample, "^qm set")] }.RunAsync();

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal([100, 101], run.Node.Machines.Select(m => m.Id));
        Assert.Contains("  VM 100 (", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_number_that_somebody_used_again_is_not_offered()
    {
        var run = await new RecoveryRun(Sample)
        {
            Earlier = [RecoveryRun.Killed(Sample, "^qm resize"), NumberUsedAgain with { Environment = new Dictionary<string, string> { ["NAME"] = "debian" } }],
            Terminal = true,
            Answers = ["yes"],
        }.RunAsync();

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal("512", run.Node.Machine(100)?.Config["memory"]);
        Assert.Contains(run.Node.Volumes, v => v.Owner == 100);
        Assert.DoesNotContain("  VM 100\r\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(0, run.Count("^qm (stop|destroy) 100"));
        Assert.Equal(0, run.Count("^pvesm free .*vm-100-"));
    }
}
