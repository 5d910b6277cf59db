namespace VmRecovery.Tests.Recovery;

/// <summary>VM_RECOVERY=off: the script behaves as if it had never been patched.</summary>
public sealed class SwitchedOffTests
{
    [Theory(Timeout = 60_000)]
    [InlineData("true", "0", "made\nafter\n")]
    [InlineData("(exit 7)", "7", "made\ntrap 7\n")]
    public async Task The_section_runs_once_and_ends_as_the_script_would(string step, string status, string said)
    {
        var run = await LibraryShell.RunAsync($$"""
            cat >/run/script <<'SCRIPT'
            set -e
            source /run/vm-core.func recovery
            trap 'echo "trap $?"' ERR
            VMID=100 VM_RECOVERY=off
            inner() { {{step}}; }
            create_vm() { echo made; inner; RESULT=after; }
            vm_create_with_recovery create_vm
            echo "$RESULT"
            SCRIPT
            bash /run/script; echo "$?"
            """);

        Assert.Equal(said + status + "\n", run.Output);
    }
}
