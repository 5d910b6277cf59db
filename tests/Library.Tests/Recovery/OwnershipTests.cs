using System.Text.RegularExpressions;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Tests.Recovery;

/// <summary>What is this run's can change while it runs: numbers and names that were given back are anybody's.</summary>
public sealed class OwnershipTests
{
    private const int TimeLimit = 60_000;

    [Theory(Timeout = TimeLimit)]
    [InlineData("cloud-image-vm")]
    [InlineData("router-vm")]
    [InlineData("installer-iso-vm")]
    public async Task A_number_given_back_by_a_clean_up_and_taken_by_somebody_else_is_theirs(string sample)
    {
        var run = await new RecoveryRun(sample)
        {
            Recovery = "retry,abort",
            Faults =
            [
                Fault.Fails("^qm (set|start)"),
                new Fault(FaultKind.ForeignTakesVmId) { Pattern = new Regex("^qm create"), Occurrence = 2 },
            ],
        }.RunAsync();

        Assert.NotEqual(0, run.ExitCode);
        Assert.True(run.Node.Machine(100) is { MadeByScript: false, Running: true }, run.ToString());
        Assert.Contains(run.Node.Volumes, v => v.Owner == 100 && !v.MadeByScript);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_vm_put_in_place_of_ours_while_the_menu_waits_stays()
    {
        var run = await new RecoveryRun("cloud-image-vm")
        {
            Recovery = "abort",
            Faults = [new Fault(FaultKind.ForeignReplacesVm) { Pattern = new Regex("^qm set") }],
        }.RunAsync();

        Assert.True(run.Node.Machine(100) is { MadeByScript: false, Running: true }, run.ToString());
        Assert.Contains(run.Node.Volumes, v => v.Owner == 100 && !v.MadeByScript);
        Assert.Contains("VM 100 is not the one that this run made: it stays.", run.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("the menu waits", "^whiptail .*RECOVERY", 1)]
    [InlineData("the clean-up looks at its storages", "^pvesm status -content", 2)]
    [InlineData("the clean-up stops ours", "^qm stop", 1)]
    public async Task A_vm_put_in_place_of_ours_while(string what, string after, int occurrence)
    {
        var run = await new RecoveryRun("cloud-image-vm")
        {
            Terminal = true,
            Answers = ["abort"],
            Faults =
            [
                Fault.Fails("^qm start"),
                new Fault(FaultKind.ForeignReplacesVmAfter) { Pattern = new Regex(after), Occurrence = occurrence },
            ],
        }.RunAsync();

        Assert.True(run.Node.Machine(100) is { MadeByScript: false, Running: true }, what + ": " + run);
        Assert.Contains(run.Node.Volumes, v => v.Owner == 100 && !v.MadeByScript);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_vm_that_holds_a_volume_of_somebody_else_is_not_destroyed_with_it()
    {
        // The script attaches disk-1 by a guessed name; its own import got another.
        var node = NodeState.Installed();
        node.Volumes.Add(new Volume(node.Storages["local-lvm"], "vm-100-disk-1", 100, "raw") { Bytes = 1 << 30, Written = "foreign" });

        var run = await new RecoveryRun("cloud-image-vm") { Node = node, Recovery = "abort", Faults = [Fault.Fails("^qm start")] }.RunAsync();

        Assert.NotEqual(0, run.ExitCode);
        Assert.True(run.Node.Volumes.Any(v => v is { Id: "local-lvm:vm-100-disk-1", MadeByScript: false }), run.ToString());
        Assert.Contains("Still there: VM 100, with a volume that this run did not make and", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_volume_whose_name_was_taken_already_is_not_freed()
    {
        var node = NodeState.Installed();
        node.Volumes.Add(new Volume(node.Storages["local-lvm"], "vm-100-disk-0", 100, "raw") { Bytes = 1 << 30, Written = "foreign" });

        var run = await new RecoveryRun("cloud-image-vm") { Node = node, Recovery = "abort" }.RunAsync();

        Assert.NotEqual(0, run.ExitCode);
        Assert.True(run.Node.Volumes.Any(v => v is { Id: "local-lvm:vm-100-disk-0", MadeByScript: false }), run.ToString());
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("abort")]
    [InlineData("retry,abort")]
    public async Task A_vm_that_can_not_be_removed_is_named_and_never_reported_as_removed(string choices)
    {
        var run = await new RecoveryRun("cloud-image-vm")
        {
            Recovery = choices,
            Faults = [Fault.Fails("^qm set"), Fault.Fails("^qm destroy", 0)],
        }.RunAsync();

        Assert.NotEqual(0, run.ExitCode);
        Assert.NotNull(run.Node.Machine(100));
        Assert.Contains(" Remove it with: qm stop 100; qm destroy 100", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Everything this run created was removed", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_node_that_does_not_answer_is_not_taken_for_an_empty_one()
    {
        var run = await new RecoveryRun("cloud-image-vm")
        {
            Recovery = "abort",
            Faults =
            [
                Fault.Fails("^qm set"),
                Fault.Fails("^qm (destroy|status)", 0, "ipcc_send_rec[1] failed: Connection refused", 255),
            ],
        }.RunAsync();

        Assert.Contains("Still there: VM 100", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Everything this run created was removed", run.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("a[$(touch /run/pwned)]")]
    [InlineData("$(touch /run/pwned)")]
    [InlineData("08")]
    public async Task A_setting_is_never_evaluated(string value)
    {
        var run = await LibraryShell.RunAsync(
            """
            RAM_SIZE=$VALUE LIBGUESTFS_MEMSIZE=$VALUE CORE_COUNT=$VALUE DISK_SIZE=$VALUE VM_RECOVERY=keep
            for choice in less-memory more-memory retry-settings shrink-disk; do _vm_prepare "$choice"; done
            ls /run/pwned 2>/dev/null
            printf '%s\n' "$RAM_SIZE"
            """,
            ("VALUE", value));

        Assert.Equal(value + "\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_an_earlier_attempt_said_is_no_evidence_for_this_one()
    {
        var run = await LibraryShell.RunAsync("""
            printf '\n== attempt 1, x\nno space left on device\n\n== attempt 2, x\n$ qm set 100\n' >/tmp/log
            vm_classify_error 255 /tmp/log 'qm set 100'
            """);

        Assert.Equal("unknown\n", run.Output);
    }
}
