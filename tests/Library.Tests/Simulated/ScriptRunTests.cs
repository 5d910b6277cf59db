using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.Sandbox;
using VmRecovery.Node.Simulated.State;
using VmRecovery.Node.Simulated.Web;

namespace VmRecovery.Tests.Simulated;

/// <summary>Whole scripts in the sandbox.</summary>
public sealed class ScriptRunTests
{
    private const string Cloud = """
        source <(curl -fsSL https://raw.githubusercontent.com/x/y/main/misc/api.func)
        RANDOM_UUID=$(cat /proc/sys/kernel/random/uuid) NSAPP=test
        set -e
        VMID=$(pvesh get /cluster/nextid)
        post_to_api_vm
        if whiptail --title "Storage" --yesno "Go on?" 10 58; then echo agreed; fi
        STORAGE=$(whiptail --title "Pools" --radiolist "Which?" 16 60 6 local-lvm "a b" OFF other "c" OFF 3>&1 1>&2 2>&3)
        cd "$(mktemp -d)"
        curl -f#SL -o disk.qcow2 https://cloud.debian.org/images/disk.qcow2
        virt-customize -q -a "$PWD/disk.qcow2" --install qemu-guest-agent
        qm create $VMID -name test -net0 virtio,bridge=vmbr0 >/dev/null
        qm importdisk $VMID disk.qcow2 $STORAGE
        qm set $VMID --scsi0 $STORAGE:vm-$VMID-disk-0,ssd=1 --boot order=scsi0
        qm resize $VMID scsi0 8G
        sleep 100
        qm start $VMID
        post_update_to_api done none
        """;

    [Fact]
    public async Task A_script_builds_a_vm_from_a_real_download()
    {
        var result = await new ScriptRun().RunAsync(Cloud);

        Assert.True(result.ExitCode == 0, result.Output);
        var machine = Assert.Single(result.Node.Machines);
        Assert.True(machine.Running);
        Assert.Equal("local-lvm:vm-100-disk-0,size=8G,ssd=1", machine.Config["scsi0"]);
        Assert.Equal(["installing", "success"], result.Telemetry.Select(t => t.Status));
        Assert.Equal(["yes", "local-lvm"], result.Dialogs.Select(d => d.Answer));
        Assert.Single(result.ExternalCalls, c => c.Words[0] == "virt-customize");
        Assert.Contains(result.Fetches, f => f.Url == "https://cloud.debian.org/images/disk.qcow2" && f.Bytes > 100_000);
        Assert.Equal(
            ["download https://cloud.debian.org/images/disk.qcow2", "virt-customize", "qm create", "qm importdisk", "qm set", "qm resize", "qm start"],
            result.Steps.Select(s => string.Join(' ', s.CommandLine.Split(' ').Take(s.CommandLine[0] == 'v' ? 1 : 2))));
        Assert.Contains(result.Files, f => f.Path.EndsWith("/disk.qcow2", StringComparison.Ordinal));
        Assert.Empty(result.Processes);
        Assert.Equal(0, result.Mounts);
    }

    [Theory]
    [InlineData(nameof(WebFault.Truncate), 18)]
    [InlineData(nameof(WebFault.Reset), 56)]
    [InlineData(nameof(WebFault.Timeout), 28)]
    [InlineData(nameof(WebFault.NotFound), 22)]
    [InlineData(nameof(WebFault.ServerError), 22)]
    public async Task A_broken_download_ends_in_the_exit_code_of_the_real_curl(string how, int exitCode)
    {
        var run = new ScriptRun
        {
            Faults = new FaultPlan(new Fault(FaultKind.Fail) { Pattern = new("^download"), Web = Enum.Parse<WebFault>(how) }),
            SetUpWeb = web => web.CurlTimeLimit = how == nameof(WebFault.Timeout) ? 1 : 0,
        };

        var result = await run.RunAsync("curl -fsSL -o /tmp/x https://example.org/disk.raw");

        Assert.True(exitCode == result.ExitCode, result.Output);
    }

    [Fact]
    public async Task A_refused_host_makes_curl_exit_7()
    {
        var result = await new ScriptRun { SetUpWeb = web => web.RefusedHosts.Add("example.org") }
            .RunAsync("curl -fsS -o /tmp/x https://example.org/disk.raw");

        Assert.Equal(7, result.ExitCode);
    }

    [Theory]
    [InlineData("importdisk", nameof(FaultKind.SignalGroup), nameof(Signal.Interrupt), "trapped\n")]
    [InlineData("importdisk", nameof(FaultKind.SignalScript), nameof(Signal.Terminate), "after\n")]
    [InlineData("^download", nameof(FaultKind.SignalGroup), nameof(Signal.Interrupt), "trapped\n")]
    public async Task A_signal_reaches_the_script_as_it_would_on_a_node(string at, string kind, string signal, string output)
    {
        var run = new ScriptRun { Faults = new FaultPlan(new Fault(Enum.Parse<FaultKind>(kind)) { Pattern = new(at), Signal = Enum.Parse<Signal>(signal) }) };

        var result = await run.RunAsync("""
            trap 'echo trapped; exit 130' INT
            trap 'echo after; exit 143' TERM
            qm create 100
            curl -fsSL -o /tmp/disk.raw https://example.org/disk.raw
            qm importdisk 100 /tmp/disk.raw local-lvm >/dev/null 2>&1 && echo imported
            echo end
            """);

        Assert.Equal(output, result.Output);
        Assert.Equal(128 + (int)Enum.Parse<Signal>(signal), result.ExitCode);
    }

    [Fact]
    public async Task A_killed_script_leaves_half_a_vm_and_the_next_one_sees_it()
    {
        var results = await new ScriptRun().RunAsync(
            new Execution("echo one >/run/journal; qm create 100 --scsi0 local-lvm:8; echo never")
            {
                Faults = new FaultPlan(Fault.AtStep(1, FaultKind.KillGroup)),
            },
            new Execution("cat /run/journal; qm status 100; [[ -f /etc/pve/qemu-server/100.conf ]] && cat /etc/pve/qemu-server/100.conf") { AsFile = true });

        Assert.Equal(137, results[0].ExitCode);
        Assert.Equal("local-lvm:vm-100-disk-0", Assert.Single(results[0].Node.Volumes).Id);
        Assert.Equal("one\nstatus: stopped\nlock: create\n", results[1].Output);
    }

    [Fact]
    public async Task A_process_and_a_mount_that_are_left_are_seen_and_end()
    {
        var result = await new ScriptRun().RunAsync("/usr/bin/sleep 1000 & mkdir /tmp/m; mount -t tmpfs x /tmp/m; exit 3");

        Assert.Equal(3, result.ExitCode);
        Assert.Equal(["/usr/bin/sleep 1000"], result.Processes);
        Assert.Equal(1, result.Mounts);
    }

    [Fact]
    public async Task A_script_that_never_ends_is_stopped()
    {
        var run = new ScriptRun { TimeLimit = TimeSpan.FromSeconds(1) };

        var error = await Assert.ThrowsAsync<TimeoutException>(() => run.RunAsync("qm list; while :; do :; done"));

        Assert.Contains("Last call: qm list", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_with_a_terminal_can_open_it()
    {
        var run = new ScriptRun { Terminal = true };
        run.Dialogs.Answer("RECOVERY", "abort");

        var result = await run.RunAsync("""
            [[ -t 0 ]] && : >/dev/tty && echo terminal
            whiptail --title RECOVERY --menu text 10 60 2 retry "Again" abort "No" --output-fd 4 4>&1
            """);

        Assert.Contains("terminal", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("abort", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_is_killed_leaves_the_terminal_to_nobody()
    {
        var run = new ScriptRun { Terminal = true, Faults = new FaultPlan(new Fault(FaultKind.KillWorker) { Pattern = new("^qm start") }) };

        var result = await run.RunAsync("""
            foreground() { awk '{ print $8 }' "/proc/$$/stat"; }
            kill -0 -- "-$(foreground)" && echo "somebody's"
            qm create 100
            qm start 100 || echo "exit $?"
            kill -0 -- "-$(foreground)" 2>/dev/null || echo "nobody's"
            """);

        Assert.Equal("somebody's\ngot unexpected control message: \nexit 255\nnobody's\n", result.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Nothing_can_be_written_outside_the_sandbox()
    {
        var result = await new ScriptRun { State = NodeState.With(StorageKind.Dir, "local") }.RunAsync(
            "touch /usr/bin/x /etc/hostname.new; touch /.machine/etc/x; rm -rf /tmp/* ; ls /etc/pve; echo $?");

        Assert.EndsWith("lxc\nnodes\nqemu-server\n0\n", result.Output, StringComparison.Ordinal);
        Assert.False(File.Exists("/usr/bin/x"));
        Assert.False(File.Exists("/etc/x"));
        Assert.False(File.Exists("/etc/hostname.new"));
    }
}
