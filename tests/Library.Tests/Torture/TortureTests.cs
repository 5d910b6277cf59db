using VmRecovery.Diagnostics;
using VmRecovery.Cli.Torture;
using VmRecovery.Node.Torture;

namespace VmRecovery.Tests.Torture;

/// <summary>The torture command on small scripts whose faults are known.</summary>
public sealed class TortureTests : IDisposable
{
    private const string Start = """
        source <(curl -fsSL https://raw.githubusercontent.com/x/y/main/misc/api.func)
        RANDOM_UUID=$(cat /proc/sys/kernel/random/uuid) NSAPP=test
        VMID=$(pvesh get /cluster/nextid)
        post_to_api_vm

        """;

    /// <summary>Cleans up after itself, whatever happens: what an abort is to be.</summary>
    private const string Careful = Start + """
        finish() {
          local code=$1
          trap '' INT TERM HUP
          trap - EXIT
          if [[ $made == yes ]]; then
            qm stop "$VMID" >/dev/null 2>&1
            qm destroy "$VMID" >/dev/null 2>&1
          fi
          if ((code == 129 || code == 130 || code == 143)); then post_update_to_api aborted "$code"; else post_update_to_api failed "$code"; fi
          exit "$code"
        }
        made=no
        trap 'finish 130' INT
        trap 'finish 143' TERM
        trap 'finish 129' HUP
        made=yes
        qm create "$VMID" -name test || finish $?
        qm set "$VMID" --scsi0 local-lvm:8 || finish $?
        qm start "$VMID" || finish $?
        post_update_to_api done none

        """;

    private readonly string directory = Directory.CreateTempSubdirectory("torture-test-").FullName;

    [Fact]
    public async Task A_script_that_always_cleans_up_is_clean_under_signals_but_where_the_vm_was_to_be_kept()
    {
        var (exitCode, report) = await TortureAsync(Careful, o => o with { Recovery = [], Signals = true });

        // It knows nothing of VM_RECOVERY=keep: whatever was made is gone.
        Assert.Equal(1, exitCode);
        Assert.Contains("INT at step 3, keep (qm start 100): the VM is gone though it was to be kept", report, StringComparison.Ordinal);
        Assert.EndsWith(": 13 of 15 clean (3 steps)\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_left_behind_is_named()
    {
        var (exitCode, report) = await TortureAsync(
            Start + """
            set -e
            trap 'code=$?; [[ $code == 0 ]] || post_update_to_api failed $code' EXIT
            echo scratch >/tmp/scratch
            pvesm alloc local-lvm $VMID vm-$VMID-disk-0 4M
            qm create $VMID --scsi0 local-lvm:4
            qm resize $VMID scsi0 8G
            rm /tmp/scratch
            post_update_to_api done none
            """,
            o => o with { Recovery = ["abort"] });

        Assert.Equal(1, exitCode);
        Assert.Contains("step 2 fails, abort (qm create 100 --scsi0 local-lvm:4): left behind: volume local-lvm:vm-100-disk-0", report, StringComparison.Ordinal);
        Assert.Contains("    left behind: file /tmp/scratch (8 bytes)", report, StringComparison.Ordinal);
        Assert.Contains("step 3 fails, abort (qm resize 100 scsi0 8G): the failure passed unnoticed: exit 0", report, StringComparison.Ordinal);
        Assert.EndsWith(": 0 of 5 clean (3 steps)\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kill_is_followed_by_a_second_run_that_has_to_name_what_is_left()
    {
        var (_, report) = await TortureAsync(Careful, o => o with { Recovery = [], Kills = true });

        Assert.Contains("kill -9 at step 1, run again unattended (qm create 100 -name test): VM 100 is left and nobody says so", report, StringComparison.Ordinal);
        Assert.Contains("kill -9 at step 3, run again and say yes (qm start 100): the killed run's VM is still there", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workers_that_are_killed_or_interrupted_are_found_out()
    {
        var (_, report) = await TortureAsync(Careful, o => o with { Recovery = [], Workers = true });

        Assert.Contains("step 1 loses its worker, abort (qm create 100 -name test): the VM is still there", report, StringComparison.Ordinal);
        Assert.Contains("step 3 has the terminal at Ctrl-C (qm start 100): exit 255, not 130", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_can_run_the_script()
    {
        var (_, report) = await TortureAsync(
            Careful, o => o with { Recovery = ["abort"], Native = new CommandPrefix(choices => ["/usr/bin/env", "CHOICES=" + choices], ["/usr/bin"]) });

        Assert.Contains(": single faults: 3 of 3 clean\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_destroys_a_vm_it_did_not_make_is_found_out()
    {
        var (_, report) = await TortureAsync(Careful, o => o with { Recovery = ["abort"] });

        Assert.Contains("VMID taken before step 1, abort (qm create 100 -name test): somebody else's new VM 100 was stopped or destroyed", report, StringComparison.Ordinal);
        Assert.Contains(": single faults: 3 of 3 clean\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_lists_every_run()
    {
        var (_, report) = await TortureAsync(Careful, o => o with { Recovery = ["abort"], Json = true });

        using var json = System.Text.Json.JsonDocument.Parse(report);
        Assert.Equal(5, json.RootElement.GetProperty("results").GetArrayLength());
        Assert.Equal(3, json.RootElement.GetProperty("clean").GetInt32());
    }

    [Fact]
    public async Task A_script_that_makes_no_vm_is_refused_with_its_output()
    {
        var error = await Assert.ThrowsAsync<ToolException>(() => TortureAsync("echo nothing; exit 7", o => o));

        Assert.Contains("makes no VM even undisturbed (exit 7):\nnothing", error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.BadInput, error.ExitCode);
    }

    [Fact]
    public async Task A_script_that_does_not_end_is_refused_in_one_line()
    {
        var error = await Assert.ThrowsAsync<ToolException>(
            () => TortureAsync("qm list; while :; do :; done", o => o with { TimeLimit = TimeSpan.FromSeconds(1) }));

        Assert.EndsWith(": undisturbed: The script did not end within 1 s; it was stopped. Last call: qm list", error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.BadInput, error.ExitCode);
    }

    [Fact]
    public async Task A_missing_script_is_refused()
    {
        var error = await Assert.ThrowsAsync<ToolException>(
            () => TortureCommand.RunAsync(new TortureRequest("/nosuch.sh"), TextWriter.Null, TextWriter.Null));

        Assert.Equal("/nosuch.sh: no such file", error.Message);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private async Task<(int ExitCode, string Report)> TortureAsync(string script, Func<TortureRequest, TortureRequest> change)
    {
        var path = Path.Combine(directory, "script.sh");
        await File.WriteAllBytesAsync(path, System.Text.Encoding.UTF8.GetBytes(script));
        using var output = new StringWriter();
        var exitCode = await TortureCommand.RunAsync(change(new TortureRequest(path)), output, TextWriter.Null);
        return (exitCode, output.ToString());
    }
}
