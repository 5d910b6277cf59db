using VmRecovery.Cli.Check;
using VmRecovery.Diagnostics;

namespace VmRecovery.Tests.Linting;

public class ConfigurationTests
{
    [Fact]
    public void A_configuration_is_read()
    {
        var read = ConfigurationFile.Parse(
            "c.toml",
            """
            include = ["*.sh"]
            exclude = ["old/**"]
            shellcheck = false
            require-reasons = true

            [rules]
            VMR013 = "note"
            SC2086 = "off"

            [per-file-ignores]
            "vm/*.sh" = ["VMR050"]
            """
        );

        Assert.Equal(["*.sh"], read.Include);
        Assert.Equal(["old/**"], read.Exclude);
        Assert.False(read.ShellCheck);
        Assert.True(read.RequireReasons);
        Assert.Equal(Severity.Note, read.Rules["VMR013"].Severity);
        Assert.Null(read.Rules["SC2086"].Severity);
        Assert.Equal("vm/*.sh", Assert.Single(read.PerFileIgnores).Glob);
    }

    [Theory]
    [InlineData("x = 1", "c.toml:1:1: unknown key 'x'; there are include, exclude,")]
    [InlineData("\n[rulez]\na = 1", "c.toml:2:1: unknown table 'rulez'; there are [rules]")]
    [InlineData("[rules]\nVMR777 = \"off\"", "c.toml:2:1: unknown rule 'VMR777'; there are VMR000 to VMR902")]
    [InlineData(
        "[rules]\nVMR013 = \"loud\"",
        "c.toml:2:10: unknown level \"loud\"; there are error, warning, note, off"
    )]
    [InlineData("include = \"*.sh\"", "c.toml:1:11: 'include' is a list of strings")]
    [InlineData("include = [1]", "'include' holds strings only")]
    [InlineData("shellcheck = \"no\"", "c.toml:1:14: 'shellcheck' is true or false")]
    [InlineData("include = [", "c.toml:1:")]
    [InlineData("[per-file-ignores]\n\"*.sh\" = [\"X\"]", "unknown rule 'X'")]
    public void A_mistake_is_named_with_its_line_and_column(string text, string expected)
    {
        var mistake = Assert.Throws<ToolException>(() => ConfigurationFile.Parse("c.toml", text));

        Assert.Equal(ExitCodes.BadInput, mistake.ExitCode);
        Assert.Contains(expected, mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', mistake.Message);
    }
}
