using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Tests.Recovery;

/// <summary>A dialog that nobody answers, or that a signal ends: it holds nothing up, and it destroys nothing.</summary>
public sealed class UnansweredDialogTests
{
    private const int TimeLimit = 60_000;
    private const string Sample = "cloud-image-vm";

    private const string NoSpace = "lvcreate 'pve/vm-100-disk-0' error:   Volume group \"pve\" has insufficient free space (1 extents): 2 required.";

    public static TheoryData<string, string, bool> Dialogs
    {
        get
        {
            var cases = new TheoryData<string, string, bool>();
            foreach (var noWhiptail in new[] { false, true })
            {
                cases.Add("retry-settings", "Memory in MiB", noWhiptail);
                cases.Add("shrink-disk", "Disk size", noWhiptail);
                cases.Add("other-storage", "Where should the disks go?", noWhiptail);
                cases.Add("other-vmid", "VM ID", noWhiptail);
                cases.Add("destroy-existing", "Destroy it with all its disks?", noWhiptail);
            }
            return cases;
        }
    }

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Dialogs))]
    public async Task After_the_time_limit_everything_is_kept(string option, string question, bool noWhiptail)
    {
        var session = await Disturbed(option, noWhiptail).StartAsync();

        await session.Terminal.ChooseAsync(option);
        await session.Terminal.SeesAsync(question);
        var run = await session.Run;

        Assert.NotEqual(0, run.ExitCode);
        Assert.Single(run.Verdicts);
        Assert.Equal(0, run.Count("^qm destroy"));
        Assert.Equal(1, run.Count("^qm create"));
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_killed_runs_rest_stays_when_nobody_says_what_to_do_with_it(bool noWhiptail)
    {
        const string killed = """
            mkdir -p -m 700 /run/vm-recovery/999999.1.1 /srv/left
            printf 'directory\t/srv/left\n' >/run/vm-recovery/999999.1.1/journal

            """;
        var session = await new RecoveryRun(Sample)
        {
            Script = killed + RecoveryRun.Patched(Sample),
            Variables = { ["VM_RECOVERY_TIMEOUT"] = "2" },
            NoWhiptail = noWhiptail,
        }.StartAsync();

        Assert.Contains("  directory /srv/left", await session.Terminal.SeesAsync("Remove what the killed run left?"), StringComparison.Ordinal);
        var run = await session.Run;

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("/run/vm-recovery/999999.1.1/journal", run.LeftFiles);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("TERM", 143, false)]
    [InlineData("TERM", 143, true)]
    [InlineData("HUP", 129, false)]
    [InlineData("INT", 130, true)]
    public async Task A_signal_ends_the_menu_and_cleans_up(string signal, int exitCode, bool noWhiptail)
    {
        var session = await Disturbed("retry-settings", noWhiptail).StartAsync();

        await session.Terminal.SeesAsync("abort");
        await session.Terminal.SignalScriptAsync(signal);
        var run = await session.Run;

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Empty(run.Node.Machines);
        Assert.Empty(run.Node.Volumes);
        Assert.Equal(["failed"], run.Verdicts);
        Assert.Contains("Stopped by a signal.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("<Ok>", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(run.LeftFiles, f => f.Contains("vm-recovery", StringComparison.Ordinal));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_signal_ends_a_dialog_behind_the_menu_too()
    {
        var session = await Disturbed("retry-settings", noWhiptail: false).StartAsync();

        await session.Terminal.ChooseAsync("retry-settings");
        await session.Terminal.SeesAsync("Memory in MiB");
        await session.Terminal.SignalScriptAsync("TERM");
        var run = await session.Run;

        Assert.Equal(143, run.ExitCode);
        Assert.Empty(run.Node.Machines);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task In_the_background_of_a_terminal_nobody_is_asked()
    {
        var run = await LibraryShell.RunAsync("""
            declare -f >/run/functions
            printf '%s\n' 'source /run/functions; create_vm() { false; }; VMID=100; vm_create_with_recovery create_vm' >/run/case
            script -qec 'bash -mc "bash /run/case & wait \$!; echo status \$?"' /dev/null </dev/null
            """);

        Assert.Contains("No VM had been created", run.Output, StringComparison.Ordinal);
        Assert.Contains("status 1", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("RECOVERY", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_read_error_keeps_the_vm()
    {
        // Another program took the terminal's foreground after the look at it: a read from it is an input/output error.
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            unset VM_RECOVERY
            _vm_has_terminal() { :; }
            _vm_has_whiptail() { false; }
            declare -f >/run/functions
            printf '%s\n' 'source /run/functions; create_vm() { qm create 100 --name mine; false; }; VMID=100; vm_create_with_recovery create_vm' >/run/case
            TERM=xterm timeout 10 script -qec 'bash -mc "bash /run/case & wait \$!; echo status \$?"' /dev/null </dev/null
            ls /run/node
            """);

        Assert.Contains("Number (Enter: keep):", run.Output, StringComparison.Ordinal);
        Assert.Contains("VM 100 is kept", run.Output, StringComparison.Ordinal);
        Assert.Contains("status 1", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("100\n", run.Output, StringComparison.Ordinal);
    }

    private static NodeState ThreeStorages()
    {
        var node = NodeState.Installed();
        node.Add(new Storage("second", StorageKind.Dir));
        node.Add(new Storage("third", StorageKind.LvmThin));
        return node;
    }

    private static RecoveryRun Disturbed(string option, bool noWhiptail) => new(Sample)
    {
        Variables = { ["VM_RECOVERY_TIMEOUT"] = option == "retry-settings" ? "5" : "3" },
        NoWhiptail = noWhiptail,
        LastDialog = option == "other-storage" ? "Storage Pools" : "SETTINGS",
        Node = option == "other-storage" ? ThreeStorages() : NodeState.Installed(),
        Faults = option switch
        {
            "retry-settings" => [Fault.Fails("^qm start")],
            "shrink-disk" or "other-storage" => [Fault.Fails("^pvesm alloc", 1, NoSpace, 5)],
            _ => [RecoveryRun.AnotherAdminTakesTheId],
        },
    };
}
