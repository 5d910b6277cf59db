using VmRecovery.CommandLine;

namespace VmRecovery.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task An_unknown_option_is_bad_usage_and_named()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var exitCode = await VmRecoveryCommand.RunAsync(["--nosuch"], TextReader.Null, output, error);

        Assert.Equal(2, exitCode);
        Assert.Contains("--nosuch", error.ToString(), StringComparison.Ordinal);
    }
}
