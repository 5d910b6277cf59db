using System.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Linting;

namespace VmRecovery.Tests.Linting;

public class SuppressionTests
{
    private const string Bad = "echo 'error: no'\nexit\n";

    [Theory]
    [InlineData("echo x\necho 'error: no'\nexit # vmrecovery disable=VMR013 -- reason\n", "")]
    [InlineData("echo x\necho 'error: no'\n# vmrecovery disable=VMR013 -- reason\nexit\n", "")]
    [InlineData("echo x\n# vmrecovery disable=VMR013 -- reason\nif true; then\n  echo 'error: no'\n  exit\nfi\n", "")]
    [InlineData("# vmrecovery disable=VMR013 -- the whole file\necho x\n" + Bad, "")]
    [InlineData("echo x\n# vmrecovery disable=VMR013\necho x\n" + Bad, "VMR900 VMR013")]
    [InlineData("echo x # vmrecovery disable=VMR013\n", "VMR900")]
    [InlineData("echo x # vmrecovery disable=VMR777\n", "VMR901")]
    [InlineData("echo x\necho 'error: no'\nexit # vmrecovery disable=VMR777,VMR013\n", "VMR901")]
    [InlineData("echo x # vmrecovery disable=SC2086\n", "")]
    [InlineData("echo x # vmrecovery disabled=VMR013\n", "")]
    [InlineData("echo '# vmrecovery disable=VMR013'\n" + Bad, "VMR013")]
    [InlineData("f() {\n  # shellcheck disable=SC2155\n  local x=$(date)\n}\n", "")]
    public void A_comment_switches_a_rule_off_where_it_stands(string script, string expected) =>
        Assert.Equal(expected, string.Join(' ', RuleExamples.Found(Encoding.UTF8.GetBytes(script))));

    [Theory]
    [InlineData("echo x # vmrecovery disable=VMR013\n", "echo x\n")]
    [InlineData("echo y\n  # vmrecovery disable=VMR013 -- gone\necho x\n", "echo y\necho x\n")]
    [InlineData(
        "echo 'error: no'\nexit # vmrecovery disable=VMR013,VMR080 -- why\n",
        "echo 'error: no'\nexit # vmrecovery disable=VMR013 -- why\n"
    )]
    [InlineData(
        "echo 'error: no'\nexit # vmrecovery disable=VMR080,VMR013 -- why\n",
        "echo 'error: no'\nexit # vmrecovery disable=VMR013 -- why\n"
    )]
    public void An_unused_comment_is_removed_by_its_fix(string script, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(RuleExamples.Fix(Encoding.UTF8.GetBytes(script)).Content));

    [Fact]
    public void A_reason_can_be_demanded()
    {
        var settings = new LintSettings { RequireReasons = true };
        var file = new SourceFile("x.sh", "echo x\necho 'error: no'\nexit # vmrecovery disable=VMR013\n"u8.ToArray());

        var found = Linter.Default.Lint(file, settings).Findings(null, settings);

        Assert.Equal("VMR902", Assert.Single(found).Id);
    }

    [Fact]
    public void A_syntax_error_is_one_finding_and_the_rest_is_linted()
    {
        var found = RuleExamples.Found("echo 'error: no'\nexit\nif true; then\n  echo x\n"u8.ToArray());

        Assert.Equal(["VMR013", "VMR000"], found);
    }
}
