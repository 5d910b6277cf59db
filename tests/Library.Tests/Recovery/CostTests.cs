using System.Globalization;
using VmRecovery.Node.Simulated.State;

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

    [Fact(Timeout = TimeLimit)]
    public async Task The_end_of_a_log_of_10_MB_is_read_without_a_process()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            head -c 16000 /dev/zero | tr '\0' x | fold -w 79 >/run/text
            printf '#!/bin/bash\ncat /run/text >&2\n[[ $2 == 1* ]] || { echo "No space left on device" >&2; exit 5; }\n' >/run/bin/qm
            create_vm() {
              qm set 100
              local text
              text=$(</run/text)
              for ((i = 0; i < 650; i++)); do _vm_log "$text"; done
              qm set 200 || true
              wc -c <"$VM_ERROR_LOG"
              # Another shell, so that its processes can be counted.
              export _VM_RUN _VM_LOG VM_ERROR_LOG
              strace -f -qq -e trace=process -o /run/trace bash -c 'source /run/vm-core.func recovery; vm_classify_error 5 "$VM_ERROR_LOG" "qm set"'
              grep -c 'fork\|clone' /run/trace
            }
            (vm_create_with_recovery create_vm)
            """);

        var lines = run.Output.Split('\n');
        Assert.True(lines.Length > 2 && int.Parse(lines[0], CultureInfo.InvariantCulture) > 10_000_000, run.Output + run.Error);
        Assert.Equal(("storage-full", "0"), (lines[1], lines[2]));
    }

    /// <summary>Nothing fails here, so the guest tells its address at once.</summary>
    private static NodeState NodeThatAnswers()
    {
        var node = NodeState.Installed();
        node.GuestInterfaces = """[{"name":"eth0","ip-addresses":[{"ip-address" : "192.0.2.7"}]}]""";
        return node;
    }
}
