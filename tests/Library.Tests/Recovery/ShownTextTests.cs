namespace VmRecovery.Tests.Recovery;

/// <summary>What is written to the log and shown: secrets and escape sequences are taken out.</summary>
public sealed class ShownTextTests
{
    private const int TimeLimit = 30_000;

    // What a command printed is looked through also when there is nothing in it, at the end of each.
    [Theory(Timeout = TimeLimit)]
    [InlineData("_vm_redact \"$words\"")]
    [InlineData("_vm_status=0 _verb='qm disk resize' _vm_out= _vm_err=$words _operands=(); _vm_after_node_command qm resize")]
    public async Task A_long_text_takes_no_seconds(string command)
    {
        var run = await LibraryShell.RunAsync($$"""
            words=$(yes 'transferred 1.0 MiB of 40.0 MiB (2.50%)' | head -c 16384)
            begun=${EPOCHREALTIME/./}
            {{command}}
            ((${EPOCHREALTIME/./} - begun < 1500000)) && echo quick
            """);

        Assert.True(run.Output == "quick\n", run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("create_vm() { cp --token=geheim x y; }; vm_create_with_recovery create_vm")]
    [InlineData("set -e; trap vm_error_handler_with_recovery ERR; cp --token=geheim x y")]
    public async Task A_secret_in_the_line_that_failed_is_hidden(string script)
    {
        var run = await LibraryShell.RunAsync($$"""bash -c 'source /run/vm-core.func recovery; VMID=100; {{script}}' 2>&1 | grep -v unrecognized; cat /tmp/*.log""");

        Assert.Contains("cp --token=<hidden>", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", run.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("\u001b[31;1mred\u001b[0m", "red")]
    [InlineData("\u001b]0;title\u0007shown", "shown")]
    [InlineData("\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001b[2J\u001b[1;1Hgone", "gone")]
    [InlineData("cut off \u001b[", "cut off ")]
    [InlineData("\u001b", "")]
    [InlineData("tab\there", "tab here")]
    public async Task An_escape_sequence_goes_as_a_whole(string text, string expected)
    {
        var run = await LibraryShell.RunAsync("""_vm_plain "$TEXT"; printf '%s' "$_text" """, ("TEXT", text));

        Assert.Equal(expected, run.Output);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData(": >/run/mine/keys; vm_show_recovery_menu 255 1", "Retry is not possible: the script has already typed commands into the VM.\n")]
    [InlineData("vm_show_recovery_menu 255 3", "You have used all retries.\n")]
    [InlineData("vm_show_recovery_menu 255 2", "")]
    public async Task A_menu_without_a_retry_says_why(string menu, string expected)
    {
        var run = await LibraryShell.RunAsync($$"""
            mkdir /run/mine; : >/run/mine/journal
            _VM_RUN=/run/mine
            _vm_has_terminal() { :; }
            _vm_prompt_choice() { grep -E "Retry|retries" <<<"$2" >&2; }
            {{menu}}
            """);

        Assert.Equal(("keep\n", expected), (run.Output, run.Error));
    }
}
