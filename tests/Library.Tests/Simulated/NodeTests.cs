using VmRecovery.Host.Processes;
using VmRecovery.Node.Simulated;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Tests.Simulated;

/// <summary>The node as bash sees it: through the clients on PATH.</summary>
public sealed class NodeTests : IAsyncDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("node-test-").FullName;
    private SimulatedNode? node;

    [Fact]
    public async Task A_script_sees_both_outputs_and_the_exit_code()
    {
        var outcome = await BashAsync(
            "qm create 100 --name 'x' --description $'two\\nlines äöü \\\\ %s'; qm status 100; qm status 999; echo \"exit $?\"; [[ -f $PVE/qemu-server/100.conf ]] && echo mirrored");

        Assert.Equal("status: stopped\nexit 2\nmirrored\n", outcome.Output);
        Assert.Equal("Configuration file 'nodes/pve/qemu-server/999.conf' does not exist\n", outcome.Error);
        Assert.Equal("two\nlines äöü \\ %s", node!.State.Machines[100].Config["description"]);
        Assert.Equal(["qm create 100 --name x --description two\nlines äöü \\ %s", "qm status 100", "qm status 999"], node.Calls.Calls.Select(c => c.CommandLine));
    }

    [Fact]
    public async Task A_planned_failure_strikes_the_wanted_step_only()
    {
        var outcome = await BashAsync(
            "qm create 100; qm create 101; echo $?; qm create 102; echo $?; qm resize 100 scsi0 8G; echo $?",
            Fault.AtStep(2, FaultKind.Fail), Fault.Fails("^qm resize"));

        Assert.Equal("255\n0\n0\n", outcome.Output);
        Assert.Contains("unable to create VM 101 - ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("error resizing volume", outcome.Error, StringComparison.Ordinal);
        Assert.Equal([100, 102], node!.State.Machines.Keys);
    }

    [Fact]
    public async Task Another_admin_can_take_the_id_just_before_create()
    {
        var outcome = await BashAsync("qm create 100 || echo $?", new Fault(FaultKind.ForeignTakesVmId) { Pattern = new("^qm create") });

        Assert.Equal("255\n", outcome.Output);
        Assert.False(node!.Snapshot().Machine(100)!.MadeByScript);
    }

    [Fact]
    public async Task A_held_command_ends_when_it_is_signalled()
    {
        var outcome = await BashAsync(
            "qm create 100; qm importdisk 100 /bin/true local-lvm & sleep 0.2; kill -TERM $!; wait $!; echo $?",
            new Fault(FaultKind.Hold) { Pattern = new("importdisk"), Duration = TimeSpan.FromSeconds(20) });

        Assert.Equal("39\n", outcome.Output);
        Assert.Contains("interrupted by signal", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(node!.State.Volumes);
    }

    [Fact]
    public async Task A_create_that_is_killed_leaves_a_locked_config_and_its_volumes()
    {
        await BashAsync(
            "qm create 100 --scsi0 local-lvm:8 & sleep 0.2; kill -KILL $!; wait $!; qm status 100",
            new Fault(FaultKind.Hold) { Pattern = new("create"), Duration = TimeSpan.FromSeconds(20) });

        var machine = node!.State.Machines[100];
        Assert.Equal("lock: create\n", machine.ConfigFile());
        Assert.Equal("local-lvm:vm-100-disk-0", Assert.Single(node.State.Volumes).Id);
    }

    [Theory]
    [InlineData("qm create 100 --scsi0 local-lvm:8", "137\n", "local-lvm:vm-100-disk-0")]
    [InlineData("pvesm alloc local-lvm 100 vm-100-disk-0 4M", "137\n", "local-lvm:vm-100-disk-0")]
    [InlineData("qm set 105 --scsi1 local-lvm:8", "update VM 105: -scsi1 local-lvm:8\n137\n", "local-lvm:vm-105-disk-1")]
    [InlineData("qm importdisk 105 /bin/true local-lvm", "importing disk '/bin/true' to VM 105 ...\n", "local-lvm:vm-105-disk-1")]
    public async Task A_command_that_is_killed_alone_leaves_a_volume_and_does_not_say_that_it_was_made(string command, string output, string volume)
    {
        var outcome = await BashAsync(command + "; echo $?; sleep 0.3", AddNeighbours, new Fault(FaultKind.KillCommand) { Pattern = new("^(qm|pvesm)") });

        Assert.StartsWith(output, outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("successfully", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(node!.State.Volumes, v => v.Id == volume);
        Assert.DoesNotContain(node.State.Machines.Values, m => m.Config.Values.Any(c => c.Contains(volume, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_worker_of_a_create_that_is_killed_goes_on_for_a_moment()
    {
        var outcome = await BashAsync(
            "qm create 100 --scsi0 local-lvm:8; pgrep -fc '^task UPID:pve:.*:qmcreate:100:root@pam:'; pvesm list local-lvm --vmid 100 | wc -l; sleep 0.4; pvesm list local-lvm --vmid 100 | wc -l",
            new Fault(FaultKind.KillCommand) { Pattern = new("^qm") });

        Assert.Equal("1\n1\n2\n", outcome.Output);
    }

    [Fact]
    public async Task The_cluster_shows_the_guests_of_both_nodes()
    {
        var outcome = await BashAsync(
            "qm create 100 --name mine; cd $PVE; ls nodes nodes/*/*; readlink qemu-server; grep -h name qemu-server/100.conf nodes/other/qemu-server/102.conf",
            AddNeighbours);

        Assert.Equal(
            "nodes:\nother\npve\n\nnodes/other/lxc:\n\nnodes/other/qemu-server:\n102.conf\n\nnodes/pve/lxc:\n101.conf\n\nnodes/pve/qemu-server:\n100.conf\n105.conf\n"
            + "nodes/pve/qemu-server\nname: mine\nname: elsewhere\n",
            outcome.Output);
    }

    public async ValueTask DisposeAsync()
    {
        if (node is not null)
            await node.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private static void AddNeighbours(NodeState state)
    {
        state.AddForeignContainer(101, "ct");
        state.AddMachineElsewhere(102, "elsewhere");
        state.AddForeignMachine(105, "neighbour");
    }

    private Task<ProcessOutcome> BashAsync(string script, params Fault[] faults) => BashAsync(script, null, faults);

    private async Task<ProcessOutcome> BashAsync(string script, Action<NodeState>? addGuests, params Fault[] faults)
    {
        var state = NodeState.Installed();
        addGuests?.Invoke(state);
        node = new SimulatedNode(state, new FaultPlan(faults)) { ConfigDirectory = Path.Combine(directory, "pve") };
        var bin = Directory.CreateDirectory(Path.Combine(directory, "bin")).FullName;
        node.WriteClients(bin, ClientScript.Programs);
        return await ProcessRunner.RunAsync(
            "bash",
            ["-c", script],
            timeLimit: TimeSpan.FromSeconds(20),
            environment: new Dictionary<string, string?> { ["PATH"] = bin + ":/usr/bin:/bin", ["PVE"] = node.ConfigDirectory });
    }
}
