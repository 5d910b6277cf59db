using System.Text.RegularExpressions;
using VmRecovery.Tests.Simulated;

namespace VmRecovery.Tests.CoreLibrary;

/// <summary>What sourcing the library does (nothing), and what load_functions does.</summary>
public sealed partial class LoadingTests
{
    private static string[] PublicFunctions => File.ReadAllLines(Path.Combine(CoreFunctions.Fixtures, "public-functions.txt"));

    [Fact]
    public async Task Every_public_function_is_there()
    {
        var outcome = await CoreFunctions.RunAsync($"for name in {string.Join(' ', PublicFunctions)}; do declare -F \"$name\" >/dev/null || echo \"$name\"; done");

        Assert.Equal(63, PublicFunctions.Length);
        Assert.Equal("", outcome.Output);
    }

    [UpstreamFact]
    public async Task The_list_of_public_functions_is_proxmoxves()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(UpstreamTheoryAttribute.Checkout!, "misc", "vm-core.func"));

        Assert.Equal(PublicFunctions, FunctionNames().Matches(text).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Sourcing_changes_no_option_no_trap_no_variable_and_calls_nothing()
    {
        // Functions are defined by then; sourcing once more in a shell with other options shows what sourcing itself does.
        const string snippet = """
            set +euo pipefail
            trap 'echo mine' INT
            state() { set -o; shopt; trap -p; compgen -v | grep -vE '^(BASH_.*|PIPESTATUS|_|LINENO|before|after)$'; }
            : >"$CALLS"
            before=$(state)
            source "$FOLDER/vm-core.func"
            after=$(state)
            diff <(echo "$before") <(echo "$after") && cat "$CALLS"
            """;
        var outcome = await CoreFunctions.RunAsync(snippet, "", ("VMID", "100"));

        Assert.Equal(("", "", 0), (outcome.Output, outcome.Error, outcome.ExitCode));
    }

    [Fact]
    public async Task Loading_leaves_a_vm_named_in_the_environment_alone()
    {
        var outcome = await CoreFunctions.RunAsync("load_functions", "", ("VMID", "200"));

        Assert.Equal("", outcome.Output);
        Assert.Equal(0, outcome.ExitCode);
        Assert.DoesNotContain(outcome.Calls, c => c.StartsWith("qm ", StringComparison.Ordinal) || c.StartsWith("pct ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("echo \"$-\" | grep -o '[eu]' | sort | tr -d '\\n'; shopt -qo pipefail && echo p", "eup\n")]
    [InlineData("trap -p EXIT INT TERM HUP | grep -c cleanup_spinner", "4\n")]
    [InlineData("echo \"$SPINNER_ACTIVE[$SPINNER_PID][$SPINNER_MSG]${#MSG_INFO_SHOWN[@]}\"", "0[][]0\n")]
    [InlineData("echo \"$COMMUNITY_SCRIPTS_URL\"", "https://git.community-scripts.org/community-scripts/ProxmoxVE/raw/branch/main\n")]
    [InlineData("echo \"$STD $RETRY_NUM $RETRY_EVERY $i\"", "silent 10 3 10\n")]
    [InlineData("declare -F post_to_api_vm", "post_to_api_vm\n")]
    [InlineData("echo \"$YW$YWB$BL$RD$BGN$GN$DGN$CL$BFR$BOLD\"", @"\033[33m\033[93m\033[36m\033[01;31m\033[4;92m\033[1;92m\033[32m\033[m\r\033[K\033[1m" + "\n")]
    [InlineData("echo \"[$HOLD][$TAB][$TAB3][$CM][$CROSS][$INFO][$HOURGLASS][$ICON_DISABLEIPV6]\"", @"[ ][  ][      ][  ✔️  ][  ✖️  ][  💡  \033[m][  ⏳  ][  🚫  \033[m]" + "\n")]
    [InlineData("load_functions; echo again", "again\n")]
    public async Task Loading_prepares_what_scripts_expect(string question, string answer)
    {
        var outcome = await CoreFunctions.RunAsync("set +euo pipefail\nload_functions\n" + question);

        Assert.Equal((answer, ""), (outcome.Output, outcome.Error));
    }

    [Fact]
    public async Task A_trap_that_the_script_has_set_before_stays()
    {
        var outcome = await CoreFunctions.RunAsync("trap 'echo own end' EXIT; load_functions; trap -p TERM");

        Assert.Equal("trap -- 'cleanup_spinner' SIGTERM\nown end\n", outcome.Output);
    }

    [Theory]
    [InlineData("VERBOSE=yes; set_std_mode; echo \"[$STD]\"", "[]\n")]
    [InlineData("load_cloud_init_functions; declare -F setup_cloud_init", "setup_cloud_init\n")]
    [InlineData("setup_cloud_init() { echo own; }; load_cloud_init_functions; setup_cloud_init; grep -c curl \"$CALLS\" || true", "own\n0\n")]
    [InlineData("post_to_api_vm() { echo own; }; load_api_functions; post_to_api_vm", "own\n")]
    public async Task Libraries_are_fetched_once_and_only_when_missing(string snippet, string answer) =>
        Assert.Equal(answer, (await CoreFunctions.RunAsync(snippet)).Output);

    [Fact]
    public async Task A_server_that_is_away_is_a_warning_not_a_crash()
    {
        var outcome = await CoreFunctions.RunAsync("load_functions; load_cloud_init_functions; echo on", "", ("COMMUNITY_SCRIPTS_URL", "https://broken"));

        Assert.Equal("on\n", outcome.Output);
    }

    [GeneratedRegex(@"^([a-z_]+)\(\)", RegexOptions.Multiline)]
    private static partial Regex FunctionNames();
}
