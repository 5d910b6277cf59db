namespace VmRecovery.Tests.CoreLibrary;

/// <summary>Messages and the spinner, before and after load_functions.</summary>
public sealed class MessageTests
{
    private const string Clear = "\r\u001b[2K";

    [Theory]
    [InlineData("msg_ok done", Clear + "✔️ done\n")]
    [InlineData("msg_error wrong", Clear + "✖️ wrong\n")]
    [InlineData("msg_warn careful", "ℹ️ careful\n")]
    [InlineData("msg_custom '→' '' text", Clear + "→ text\n")]
    [InlineData("msg_ok; msg_error; msg_custom", Clear + "✔️ Operation completed successfully\n" + Clear + "✖️ An error occurred\n" + Clear + "* Custom message\n")]
    [InlineData("color; formatting; icons; msg_ok \"${BL}blue${CL}\"", Clear + "  ✔️   \u001b[1;92m\u001b[36mblue\u001b[m\u001b[m\n")]
    public async Task A_message_goes_to_stderr_also_before_anything_is_loaded(string call, string error)
    {
        var outcome = await CoreFunctions.RunAsync(call);

        Assert.Equal(("", error, 0), (outcome.Output, outcome.Error, outcome.ExitCode));
    }

    [Theory]
    [InlineData("msg_info one; sleep_really; msg_info one", 1)]
    [InlineData("msg_info one; sleep_really; msg_ok two; msg_info one", 1)]
    [InlineData("msg_info one; sleep_really; msg_ok one; msg_info one; sleep_really", 2)]
    [InlineData("msg_info one; sleep_really; load_functions; msg_info one; sleep_really", 2)]
    public async Task The_same_step_is_announced_once_until_it_is_done(string calls, int times)
    {
        var outcome = await CoreFunctions.RunAsync($"sleep_really() {{ command sleep 0.3; }}\n{calls}\nstop_spinner");

        Assert.Equal(times, outcome.Error.Split("⠋").Length - 1);
    }

    [Theory]
    [InlineData("msg_ok x")]
    [InlineData("msg_error x")]
    [InlineData("msg_warn x")]
    [InlineData("stop_spinner")]
    [InlineData("spinner_guard")]
    [InlineData("cleanup_spinner")]
    [InlineData("cleanup")]
    [InlineData("start_spinner next; stop_spinner")]
    public async Task The_spinner_is_gone_before_the_next_line(string call)
    {
        var outcome = await CoreFunctions.RunAsync($"""
            start_spinner working
            pid=$SPINNER_PID
            kill -0 "$pid" && echo "$SPINNER_ACTIVE $SPINNER_MSG"
            {call}
            kill -0 "$pid" 2>/dev/null || echo "gone [$SPINNER_PID]$SPINNER_ACTIVE"
            """);

        Assert.Equal("1 working\ngone []0\n", outcome.Output);
    }

    [Theory]
    [InlineData("kill -KILL $$", 137)]
    [InlineData("kill \"$SPINNER_PID\"; command sleep 0.1; msg_ok on; wait; exit 5", 5)]
    [InlineData("wait; exit 6", 6)]
    [InlineData("trap '' TERM; start_spinner two; msg_ok on; exit 7", 7)]
    public async Task A_spinner_never_outlives_or_holds_up_its_script(string end, int exitCode) =>
        // The run ends only when nobody holds its outputs any more.
        Assert.Equal(exitCode, (await CoreFunctions.RunAsync("start_spinner one\n" + end)).ExitCode);

    [Theory]
    [InlineData("is_verbose_mode", 0)]
    [InlineData("VERBOSE=yes; is_verbose_mode", 0)]
    [InlineData("msg_debug quiet", 0)]
    [InlineData("clear_line", 0)]
    [InlineData("trap 'exit 9' INT; fatal stop; echo not reached", 9)]
    [InlineData("exit_script; echo not reached", 0)]
    public async Task Small_ones_work_under_strict_options(string call, int exitCode)
    {
        var outcome = await CoreFunctions.RunAsync(call);

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.DoesNotContain("not reached", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Debug_messages_carry_the_time_and_switch_verbose_on() =>
        Assert.Matches(@"^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] \[DEBUG\] a b\n1\n$", (await CoreFunctions.RunAsync("var_full_verbose=1; msg_debug a b; echo $var_verbose")).Output);
}
