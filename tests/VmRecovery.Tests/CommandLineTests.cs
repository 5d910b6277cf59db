using VmRecovery.CommandLine;

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
}
