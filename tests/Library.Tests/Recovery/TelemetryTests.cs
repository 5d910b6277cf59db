using VmRecovery.Tests.Simulated;

namespace VmRecovery.Tests.Recovery;

/// <summary>What a failed attempt tells ProxmoxVE's telemetry: which command failed, with what words, and what kind it was.</summary>
public sealed class TelemetryTests
{
    private const int TimeLimit = 60_000;

    private const string Failing = LibraryShell.Node + """

        VM_RECOVERY=retry,keep POST_TO_API_DONE=true
        sed -i '2i [[ $1 != importdisk ]] || { echo "copy failed: --cipassword geheim" >\&2; exit 255; }' /run/bin/qm
        create_vm() { qm create 100 --name mine; qm importdisk 100 image A; }

        """;

    [Fact(Timeout = TimeLimit)]
    public async Task A_failure_is_reported_with_its_command_its_category_and_its_words()
    {
        var run = await LibraryShell.RunAsync(Failing + """
            post_to_api_vm() { POST_TO_API_DONE=true; echo "installing ${FAILED_COMMAND:-}${ERROR_CATEGORY_OVERRIDE:-}${TELEMETRY_ERRINFO:-}" >>/run/told; }
            post_update_to_api() { echo "$1 $2 $ERROR_CATEGORY_OVERRIDE $FAILED_COMMAND" >>/run/told; cat "$TELEMETRY_ERRINFO" >>/run/told; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/told
            """);

        const string failed = """
            failed 255 storage qm importdisk 100 image A
            EXIT_CODE=255
            LINE=
            COMMAND=qm importdisk 100 image A
            --- OUTPUT ---

            """;
        Assert.StartsWith(failed, run.Output, StringComparison.Ordinal);
        Assert.Contains("failed: --cipassword <hidden>", run.Output, StringComparison.Ordinal);
        Assert.Contains("\ninstalling \n" + failed, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_server_that_does_not_answer_does_not_keep_the_menu_away()
    {
        var run = await LibraryShell.RunAsync(Failing + """
            post_update_to_api() {
              for ((i = 0; i < 100; i++)); do
                ! grep -q "VM_RECOVERY decides" /run/out || break
                sleep 0.05
              done
              ((i == 100)) || echo "beside the menu" >>/run/told
            }
            post_to_api_vm() { echo installing >>/run/told; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/told
            """);

        Assert.StartsWith("beside the menu\ninstalling\n", run.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("POST_UPDATE_DONE=true", "true")]
    [InlineData("false", "false")]
    public async Task The_scripts_own_EXIT_trap_knows_whether_the_record_got_through(string sending, string known)
    {
        var run = await LibraryShell.RunAsync(Failing + $$"""
            VM_RECOVERY=keep
            post_update_to_api() { sleep 0.2; {{sending}}; }
            (trap 'echo "$POST_UPDATE_DONE" >/run/known' EXIT; vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/known
            """);

        Assert.Equal(known + "\n", run.Output);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("keep", "1\nfailed 1\n")]
    [InlineData("retry", "143\nfailed 1\n")]
    public async Task Whoever_does_not_want_to_wait_for_it_leaves_no_journal_of_what_was_kept(string choice, string expected)
    {
        var run = await LibraryShell.RunAsync(Failing + $$"""
            post_to_api_vm() { POST_TO_API_DONE=true; echo installing >>/run/told; }
            post_update_to_api() { sleep 3; POST_UPDATE_DONE=true; echo "$1 $2" >>/run/told; }
            create_vm() { qm create 100 --name mine; false; }
            VM_RECOVERY={{choice}}
            (vm_create_with_recovery create_vm) >/run/out 2>&1 &
            while ! grep -q '{{(choice == "keep" ? "The log is" : "decides")}}' /run/out; do sleep 0.1; done
            sleep 0.3
            kill -TERM "$!"
            sleep 0.3
            ls /run/vm-recovery
            wait "$!"
            echo "$?"
            sleep 3
            cat /run/told
            """);

        Assert.Equal(expected, run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_signal_between_two_attempts_is_told_once_and_the_scripts_EXIT_trap_runs_once()
    {
        var run = await LibraryShell.RunAsync(Failing + """
            post_to_api_vm() { POST_TO_API_DONE=true; echo installing >>/run/told; kill -TERM "$BASHPID"; }
            post_update_to_api() { POST_UPDATE_DONE=true; echo "$1 $2" >>/run/told; }
            (trap 'echo "exit $?" >>/run/told' EXIT; vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/told
            """);

        Assert.Equal("failed 255\ninstalling\naborted 143\nexit 143\n", run.Output);
    }

    [UpstreamFact]
    public async Task ProxmoxVEs_own_library_sends_it()
    {
        var run = await LibraryShell.RunAsync(
            Failing + """
                exec 8<"$API"
                printf '#!/bin/bash\nprintf "%%s\\n" "$*" >>/run/sent\necho 200\n' >/run/bin/curl; chmod +x /run/bin/curl
                mkdir -p /run/etc; DIAGNOSTICS=yes RANDOM_UUID=11111111-2222-3333-4444-555555555555 NSAPP=docker-vm
                source /dev/fd/8
                VM_RECOVERY=keep POST_TO_API_DONE=true
                (vm_create_with_recovery create_vm) >/run/out 2>&1
                cat /run/sent
                """,
            ("API", Path.Combine(UpstreamTheoryAttribute.Checkout!, "misc", "api.func")));

        Assert.Contains("\"error_category\": \"storage\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("qm importdisk 100 image A", run.Output, StringComparison.Ordinal);
        Assert.Contains("failed", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", run.Output, StringComparison.Ordinal);
    }
}
