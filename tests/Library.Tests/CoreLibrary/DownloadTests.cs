namespace VmRecovery.Tests.CoreLibrary;

/// <summary>Quiet commands and downloads.</summary>
public sealed class DownloadTests
{
    [Fact]
    public async Task A_quiet_command_leaves_options_and_traps_as_they_were()
    {
        var outcome = await CoreFunctions.RunAsync("""
            state() { set -o; trap -p; }
            noisy() { echo "$not_set"; false | true; false; echo noise; }
            for options in -Eeuo +Eeuo; do
              set "$options" pipefail; trap 'echo trapped' ERR; before=$(state)
              BUILD_LOG=$FOLDER/log silent noisy
              [[ $before == "$(state)" ]] || echo changed
            done
            cat "$FOLDER/log"
            """);

        Assert.Equal("\nnoise\n\nnoise\n", outcome.Output);
    }

    [Theory]
    [InlineData("explain_exit_code() { echo words; }", "exit code 7 (words)")]
    [InlineData("", "exit code 7 (explained 7)")]
    public async Task A_quiet_command_that_fails_is_explained_and_ends_the_script(string before, string text)
    {
        var outcome = await CoreFunctions.RunAsync($"{before}\nfor n in {{1..30}}; do echo \"line $n\"; done >$FOLDER/log\nBUILD_LOG=$FOLDER/log\nsilent bash -c 'echo last; exit 7'\necho not reached");

        Assert.Equal(("", 7), (outcome.Output, outcome.ExitCode));
        Assert.Contains(text, outcome.Error, StringComparison.Ordinal);
        Assert.Contains("bash -c echo last; exit 7", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("line 30\nlast\n", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("line 11\n", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_log_of_its_own_a_quiet_command_leaves_no_file()
    {
        var outcome = await CoreFunctions.RunAsync("mktemp() { command mktemp \"$FOLDER/${1##*/}\"; }\nsilent echo hello; compgen -G \"$FOLDER/build-*\" || echo none");

        Assert.Equal("none\n", outcome.Output);
    }

    [Fact]
    public async Task The_log_is_the_one_of_the_run_or_a_new_one()
    {
        var outcome = await CoreFunctions.RunAsync("BUILD_LOG=/a; get_active_logfile; BUILD_LOG=; one=$(get_active_logfile); two=$(get_active_logfile); [[ -f $one && -f $two && $one != \"$two\" ]] && echo two; rm \"$one\" \"$two\"");

        Assert.Equal("/a\ntwo\n", outcome.Output);
    }

    [Theory]
    [InlineData("curl_handler -fsSL https://example.org/x", "the\nbody")]
    [InlineData("STD=silent VERB=no curl_handler https://example.org/x", "the\nbody")]
    [InlineData("curl_handler -o \"$FOLDER/x\" https://example.org/x", "the\nbody\n")]
    [InlineData("VERB=no curl_handler -o \"$FOLDER/x\" https://example.org/x", "")]
    [InlineData("VERB=no; run_curl https://example.org/x", "")]
    [InlineData("run_curl https://example.org/x", "the\nbody\n")]
    public async Task A_body_is_printed_unless_a_file_takes_it(string call, string output)
    {
        var outcome = await CoreFunctions.RunAsync(call);

        Assert.Equal((output, 0), (outcome.Output, outcome.ExitCode));
        if (call.Contains("curl_handler", StringComparison.Ordinal))
            Assert.Contains("Fetched: https://example.org/x", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6, "Host resolution failed")]
    [InlineData(7, "Connection failed")]
    [InlineData(18, "Partial file transfer")]
    [InlineData(22, "HTTP error (e.g. 400/404)")]
    [InlineData(28, "Timeout")]
    [InlineData(60, "SSL CA not trusted")]
    [InlineData(99, "Curl failed with code 99")]
    public async Task A_failed_download_is_put_into_words(int status, string words)
    {
        foreach (var call in new[] { "curl_handler -o /dev/null https://broken", "curl_handler https://broken", $"__curl_err_handler {status} https://broken 'curl: complaint'" })
        {
            var outcome = await CoreFunctions.RunAsync(call + "\necho not reached", "", ("FAKE_CURL", $"{status}"));

            Assert.Equal(("", 1), (outcome.Output, outcome.ExitCode));
            Assert.Contains($"{words}: https://broken\n", outcome.Error, StringComparison.Ordinal);
            Assert.Contains("curl: complaint\n", outcome.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_download_without_an_address_is_refused()
    {
        var outcome = await CoreFunctions.RunAsync("curl_handler -fsSL");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Empty(outcome.Calls);
    }
}
