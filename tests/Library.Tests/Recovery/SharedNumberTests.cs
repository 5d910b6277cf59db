namespace VmRecovery.Tests.Recovery;

/// <summary>A VM's number that is another's by now, or that somebody else is at work on.</summary>
public sealed class SharedNumberTests
{
    private const int TimeLimit = 60_000;

    [Fact(Timeout = TimeLimit)]
    public async Task A_volume_of_a_vm_that_got_the_number_on_another_node()
    {
        var run = await LibraryShell.RunAsync(ClusterShell.Cluster + """
            create_vm() {
              qm create 100 --name mine; pvesm alloc A 100 vm-100-disk-0 4M
              rm /run/node/100.conf; theirs 'scsi0: A:vm-100-disk-0,size=4M' >/tmp/pve/nodes/B/qemu-server/100.conf
              false
            }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/volumes
            """);

        Assert.True(run.Output == "A:vm-100-disk-0\n", run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_a_killed_run_lists_and_a_vm_on_another_node_has_by_now()
    {
        var run = await LibraryShell.RunAsync(ClusterShell.Cluster + """
            killed_run 'identity\t100 old\nvm\t100\nvolume\tA:vm-100-disk-0'
            echo A:vm-100-disk-0 >/run/volumes; theirs 'scsi0: A:vm-100-disk-0,size=4M' >/tmp/pve/nodes/B/qemu-server/100.conf
            VMID=200
            create_vm() { :; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/volumes
            """);

        Assert.True(run.Output == "A:vm-100-disk-0\n", run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("one that got the number while ours was stopped", "theirs '' >/run/node/100.conf", "name: production")]
    [InlineData("ours while another task is at work on it", "echo 'lock: migrate' >>/run/node/100.conf", "lock: migrate")]
    public async Task A_vm_that_is_no_longer_in_this_runs_hands(string what, string meanwhile, string line)
    {
        var run = await LibraryShell.RunAsync(
            ClusterShell.Cluster + """
                export -f theirs
                create_vm() { qm create 100 --name mine; false; }
                (vm_create_with_recovery create_vm) >/run/out 2>&1
                cat /run/node/100.conf
                """,
            ("ON_STOP", meanwhile));

        Assert.True(run.Output.Contains(line, StringComparison.Ordinal), what + ": " + run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Not_a_vm_whose_creation_alone_was_killed()
    {
        var run = await LibraryShell.RunAsync(
            ClusterShell.Cluster + """
                create_vm() { qm create 100 --name mine --scsi0 A:8; }
                (vm_create_with_recovery create_vm) >/run/out 2>&1
                echo "$?"; ls /run/node
                """,
            ("OOM", "1"));

        Assert.True(run.Output == "137\n", run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("another one than was shown", "", "theirs '' >/run/node/100.conf")]
    [InlineData("a protected one", "echo 'protection: 1' >>/run/node/100.conf", "")]
    [InlineData("a locked one", "echo 'lock: backup' >>/run/node/100.conf", "")]
    [InlineData("one on another node", "mv /run/node/100.conf /tmp/pve/nodes/B/qemu-server", "")]
    public async Task A_vm_that_was_not_agreed_to(string what, string before, string meanwhile)
    {
        var run = await LibraryShell.RunAsync(ClusterShell.Cluster + $$"""
            printf 'name: test\nmeta: test\n' >/run/node/100.conf; {{before}}
            mkdir /run/own; : >/run/own/journal
            _VM_RUN=/run/own _VM_LOG=/run/log
            _vm_has_terminal() { true; }
            _vm_await() { {{meanwhile}}
              true; }
            _vm_destroy_existing 2>/run/out; echo "$?"
            grep -E 'stop|destroy' /run/calls
            wc -l </run/out
            """);

        Assert.True(run.Output == "1\n1\n", what + ": " + run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("qm shutdown 100 --timeout 120", "qm shutdown 100 --timeout 120\n")]
    [InlineData("qm shutdown --timeout 120 100", "qm shutdown --timeout 120 100\n")]
    [InlineData("qm shutdown 120 --timeout 100", "")]
    public async Task A_time_limit_is_no_number_of_a_vm(string section, string calls)
    {
        var run = await LibraryShell.RunAsync(ClusterShell.Cluster + $$"""
            theirs '' >/run/node/120.conf
            create_vm() { qm create 100 --name mine; {{section}}; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            grep shutdown /run/calls
            """);

        Assert.True(run.Output == calls, run.Output + run.Error);
    }
}
