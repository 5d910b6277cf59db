namespace VmRecovery.Tests.CoreLibrary;

/// <summary>Checks before a VM is made, IDs, and the end of a script.</summary>
public sealed class ChecksTests
{
    [Theory]
    [InlineData("8.0.3", 0)]
    [InlineData("8.9.1", 0)]
    [InlineData("8.10.1", 105)]
    [InlineData("9.0.0~11", 0)]
    [InlineData("9.2.4", 0)]
    [InlineData("9.3.0", 105)]
    [InlineData("7.4-17", 105)]
    [InlineData("10.0.1", 105)]
    [InlineData("", 105)]
    public async Task Versions_from_8_0_to_9_2_pass(string version, int exitCode)
    {
        var outcome = await CoreFunctions.RunAsync($"pveversion() {{ echo 'pve-manager/{version}/abc'; }}; pve_check");

        Assert.Equal((exitCode, ""), (outcome.ExitCode, outcome.Output));
        Assert.Equal(exitCode != 0, outcome.Error.Contains("8.0 – 8.9 or 9.0 – 9.2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("amd64", "", 0)]
    [InlineData("arm64", "", 106)]
    [InlineData("arm64", "yes", 0)]
    [InlineData("riscv64", "yes", 106)]
    public async Task Arm_needs_a_script_that_knows_it(string arch, string allowed, int exitCode)
    {
        var outcome = await CoreFunctions.RunAsync("arch_check", "", ("FAKE_ARCH", arch), ("var_arm64", allowed));

        Assert.Equal((exitCode, ""), (outcome.ExitCode, outcome.Output));
    }

    [Theory]
    [InlineData("check_root", "FAKE_UID", "1000", "as root")]
    [InlineData("check_root", "FAKE_PARENT", "sudo", "as root")]
    [InlineData("shell_check", "FAKE_PARENT", "zsh", "not Bash")]
    public async Task The_wrong_user_or_shell_is_told_so_and_the_script_ends_with_0(string check, string variable, string value, string text)
    {
        var outcome = await CoreFunctions.RunAsync(check + "; echo not reached", "", (variable, value));

        Assert.Contains(text, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(("", 0), (outcome.Output, outcome.ExitCode));
    }

    [Theory]
    [InlineData("check_root")]
    [InlineData("shell_check")]
    [InlineData("ssh_check")]
    [InlineData("check_hostname_conflict free")]
    [InlineData("check_hostname_conflict webxlan")]
    [InlineData("check_hostname_conflict NAME")]
    public async Task Nothing_is_said_where_nothing_is_wrong(string check)
    {
        var outcome = await CoreFunctions.RunAsync(check + "; echo on");

        Assert.Equal(("on\n", "", 0), (outcome.Output, outcome.Error, outcome.ExitCode));
    }

    [Theory]
    [InlineData("yes", "on\n")]
    [InlineData("no", "")]
    public async Task Over_ssh_the_user_is_asked(string answer, string output)
    {
        var outcome = await CoreFunctions.RunAsync("ssh_check; echo on", answer, ("SSH_CLIENT", "192.0.2.1 50000 22"));

        Assert.Contains("--defaultno|--title|SSH DETECTED|", Assert.Single(outcome.Dialogs), StringComparison.Ordinal);
        Assert.Equal((output, 0), (outcome.Output, outcome.ExitCode));
    }

    [Fact]
    public async Task A_name_that_another_vm_has_ends_the_script()
    {
        var outcome = await CoreFunctions.RunAsync("check_hostname_conflict web.lan");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("Hostname web.lan already in use", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 100)]
    [InlineData("vm-100-disk-0", 101)]
    [InlineData("vm-100-disk-0 base-101-disk-0 snap_vm-102-disk-0_x", 103)]
    [InlineData("vm-1000-disk-0 vm-2100-disk-0", 100)]
    public async Task The_next_id_is_one_that_no_volume_carries(string volumes, int id) =>
        Assert.Equal($"{id}\n", (await CoreFunctions.RunAsync("get_valid_nextid", "", ("FAKE_VOLUMES", volumes))).Output);

    [Fact]
    public async Task Without_a_cluster_there_is_no_next_id()
    {
        var outcome = await CoreFunctions.RunAsync("get_valid_nextid", "", ("FAKE_NO_CLUSTER", "1"));

        Assert.Equal(("", 2), (outcome.Output, outcome.ExitCode));
    }

    [Fact]
    public async Task An_error_is_reported_with_its_place_and_keeps_its_status()
    {
        var outcome = await CoreFunctions.RunAsync("""
            post_update_to_api() { echo "telemetry $*"; }
            cleanup_vmid() { echo "cleanup"; }
            trap 'error_handler 12 "$BASH_COMMAND"' ERR
            (exit 42)
            """);

        Assert.Equal(("telemetry failed 42\ncleanup\n", 42), (outcome.Output, outcome.ExitCode));
        Assert.Contains("[ERROR] in line 12: exit code 42: while executing command ( exit 42 )", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VMID=200; cleanup_vmid", "VM 200 stays")]
    [InlineData("VMID=100; cleanup_vmid", "")]
    [InlineData("unset VMID; cleanup_vmid", "")]
    [InlineData("VMID=200 _VM_ATTEMPT_PID=$$; cleanup_vmid", "")]
    public async Task A_vm_that_no_journal_names_is_never_removed(string call, string text)
    {
        var outcome = await CoreFunctions.RunAsync(call);

        Assert.Contains(text, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(text.Length == 0, outcome.Error.Length == 0);
        Assert.All(outcome.Calls, c => Assert.StartsWith("qm status ", c, StringComparison.Ordinal));
        Assert.Equal(0, outcome.ExitCode);
    }

    [Fact]
    public async Task What_the_journal_names_is_removed()
    {
        var outcome = await CoreFunctions.RunAsync("""
            _VM_RUN=$FOLDER; : >"$_VM_RUN/journal"
            _vm_clean_up() { echo "by the journal"; }
            cleanup_vmid
            """);

        Assert.Equal("by the journal\n", outcome.Output);
    }

    [Theory]
    [InlineData("exit 3", "telemetry failed 3\n", 3)]
    [InlineData("exit 0", "telemetry aborted 0\n", 0)]
    [InlineData("POST_UPDATE_DONE=true; exit 3", "", 3)]
    [InlineData("POST_TO_API_DONE=; exit 3", "", 3)]
    public async Task The_end_of_a_script_is_tidy_and_told_once(string end, string output, int exitCode)
    {
        var outcome = await CoreFunctions.RunAsync($$"""
            post_update_to_api() { echo "telemetry $*"; }
            POST_TO_API_DONE=true TEMP_DIR=$FOLDER/work
            mkdir "$TEMP_DIR"; pushd "$TEMP_DIR" >/dev/null
            trap 'cleanup; [[ ! -e $FOLDER/work && $PWD != "$FOLDER/work" ]] || echo left' EXIT
            {{end}}
            """);

        Assert.Equal((output, exitCode), (outcome.Output, outcome.ExitCode));
    }
}
