using VmRecovery.Cli;

namespace VmRecovery.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--nosuch")]
    [InlineData("generate", "--nosuch")]
    [InlineData("generate", "--scripts", "samples", "--nosuch")]
    [InlineData("port", "--nosuch", "script.sh")]
    [InlineData("explain", "--nosuch")]
    [InlineData("torture", "--nosuch", "script.sh")]
    public async Task An_unknown_option_is_bad_usage_and_named(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var exitCode = await VmRecoveryCommand.RunAsync(arguments, TextReader.Null, output, error);

        Assert.Equal(2, exitCode);
        Assert.Contains("--nosuch", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no command given; there are generate, port, check, explain, run and torture")]
    [InlineData("unknown command 'nosuch'; there are generate", "nosuch", "script.sh")]
    [InlineData("Cannot parse argument 'x' for option '--exit-code' as a number;", "explain", "--command", "c", "--exit-code", "x")]
    [InlineData("Must be one of: 'text' 'json';", "port", "--format", "xml", "script.sh")]
    [InlineData("Required argument", "torture", "--recovery")]
    [InlineData("an empty word where", "generate", "--policy", "")]
    [InlineData("an empty word where", "generate", "--scripts", "")]
    [InlineData("an empty word where", "generate", "--out", "")]
    [InlineData("an empty word where", "port", "")]
    [InlineData("an empty word where", "port", "script.sh", "--out", "")]
    [InlineData("an empty word where", "explain", "--command", "c", "--log", "")]
    [InlineData("an empty word where", "torture", "")]
    [InlineData("/: cannot be read (it is a folder)", "explain", "--command", "c", "--log", "/")]
    [InlineData("/: a folder; give one script", "torture", "/")]
    public async Task Bad_usage_is_one_line(string expected, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var exitCode = await VmRecoveryCommand.RunAsync(arguments, TextReader.Null, output, error);

        Assert.Equal((2, ""), (exitCode, output.ToString()));
        var line = Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(expected, line, StringComparison.Ordinal);
    }
}
