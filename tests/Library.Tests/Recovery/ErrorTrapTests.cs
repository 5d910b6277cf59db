using VmRecovery.Node.Simulated.Faults;

namespace VmRecovery.Tests.Recovery;

/// <summary>A script that only has an ERR trap: <c>vm_error_handler_with_recovery</c> says what failed and asks.</summary>
public sealed class ErrorTrapTests
{
    private const int TimeLimit = 60_000;

    private const string Script = """
        #!/usr/bin/env bash
        source <(curl -fsSL https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main/misc/vm-core.func) recovery
        set -eE -o pipefail
        trap vm_error_handler_with_recovery ERR
        trap 'echo the EXIT trap ran' EXIT
        NSAPP=own-vm VMID=$(pvesh get /cluster/nextid)
        make_disk() { pvesm alloc local-lvm "$VMID" "vm-$VMID-disk-0" 4M >/dev/null; }
        qm create "$VMID" -name own
        make_disk
        qm set "$VMID" -scsi0 "local-lvm:vm-$VMID-disk-0"
        echo finished
        """;

    [Theory(Timeout = TimeLimit)]
    [InlineData("keep")]
    [InlineData("abort")]
    [InlineData("retry")]
    [InlineData(null)]
    public async Task A_vm_that_nobody_noted_stays_and_its_removal_is_explained(string? choice)
    {
        var run = await new RecoveryRun("") { Script = Script, Recovery = choice, Faults = [Fault.Fails("^qm set")] }.RunAsync();

        Assert.NotEqual(0, run.ExitCode);
        Assert.NotNull(run.Node.Machine(100));
        Assert.Contains("remove it with its disks: qm stop 100; qm destroy 100", run.Output, StringComparison.Ordinal);
        Assert.Contains("the EXIT trap ran", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("was removed", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("finished", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task The_exit_code_is_the_failed_commands_own_also_from_a_function()
    {
        var run = await new RecoveryRun("") { Script = Script, Recovery = "abort", Faults = [Fault.Fails("^pvesm alloc", 1, "no space left on device", 28)] }.RunAsync();

        Assert.Equal(28, run.ExitCode);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Its_menu_has_keep_and_abort_since_nothing_can_run_again()
    {
        var run = await new RecoveryRun("") { Script = Script, Terminal = true, Answers = ["abort"], Faults = [Fault.Fails("^qm set")] }.RunAsync();

        Assert.Equal(["abort", "keep"], Assert.Single(run.Menus).Order(StringComparer.Ordinal));
        Assert.Contains("Nothing is removed: it is not known what this script made.", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Without_a_vm_it_says_that_there_is_none()
    {
        var run = await new RecoveryRun("") { Script = Script, Recovery = "keep", Faults = [Fault.Fails("^qm create")] }.RunAsync();

        Assert.Contains("No VM had been created. Nothing was removed.", run.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("shopt -s failglob")]
    [InlineData("shopt -s nocasematch")]
    [InlineData("set -o posix")]
    public async Task Whatever_option_of_bash_is_on_the_vm_is_named(string option)
    {
        var run = await new RecoveryRun("") { Script = Script.Replace("make_disk\n", option + "\nmake_disk\n", StringComparison.Ordinal), Recovery = "keep", Faults = [Fault.Fails("^qm set")] }.RunAsync();

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("remove it with its disks: qm stop 100; qm destroy 100", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Nothing_of_it_is_seen_when_nothing_fails()
    {
        var run = await new RecoveryRun("") { Script = Script }.RunAsync();

        Assert.True(run is { ExitCode: 0 }, run.ToString());
        Assert.Empty(run.LeftFiles);
    }
}
