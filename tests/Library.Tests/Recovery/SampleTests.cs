using VmRecovery.Node.Simulated.Faults;

namespace VmRecovery.Tests.Recovery;

/// <summary>The samples are scripts that a user could run: as they are, they make a VM.</summary>
public sealed class SampleTests
{
    private const int TimeLimit = 60_000;

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Samples))]
    public async Task Without_a_failure_it_makes_its_vm(string sample)
    {
        // docker-image-vm is second generation: it needs the library, also without recovery.
        var run = await new RecoveryRun(sample) { Unpatched = true }.RunAsync();

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.NotNull(run.Node.Machine(100));
        Assert.Equal(sample != "installer-iso-vm", run.Node.Machine(100)!.Running);
        Assert.True(run.Verdicts is ["success"], run.ToString());
        Assert.DoesNotContain(run.LeftFiles, f => f.StartsWith("/tmp/", StringComparison.Ordinal));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_a_script_goes_on_without_is_told()
    {
        var run = await new RecoveryRun("docker-image-vm") { Faults = [Fault.Fails("truncate -s 0")] }.RunAsync();

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("The script went on although this failed: virt-customize -q -a ", run.Output, StringComparison.Ordinal);
        Assert.Equal(["success"], run.Verdicts);
    }

    public static TheoryData<string> Samples() => [.. RecoveryRun.Samples];
}
