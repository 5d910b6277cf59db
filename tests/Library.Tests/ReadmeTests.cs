using System.Text.RegularExpressions;
using VmRecovery.Cli;
using VmRecovery.Tests.Recovery;

namespace VmRecovery.Tests;

/// <summary>What the README shows is what the tool says and what the policy holds.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Checkout.Root, "README.md"));

    [Fact]
    public async Task An_explanation_is_shown_word_for_word()
    {
        var examples = Example().Matches(Readme).Where(m => m.Groups["command"].Value.StartsWith("explain", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            using var output = new StringWriter();
            var words = Word().Matches(example.Groups["command"].Value).Select(m => m.Value.Trim('"')).ToArray();

            var exitCode = await VmRecoveryCommand.RunAsync(words, TextReader.Null, output, TextWriter.Null);

            Assert.Equal((0, example.Groups["output"].Value), (exitCode, output.ToString()));
        }
    }

    [Fact]
    public void The_detector_is_one_of_the_policy()
    {
        var shown = CSharp().Match(Readme).Groups[1].Value;
        var policy = Directory.GetFiles(Path.Combine(Checkout.Root, "recovery-model", "Detectors"), "*.cs").Select(File.ReadAllText).ToList();

        Assert.NotEmpty(shown);
        Assert.All(
            shown.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Contains(policy, file => file.Contains(line.Trim(), StringComparison.Ordinal)));
    }

    [GeneratedRegex("```console\n\\$ \\./vmrecovery (?<command>[^\n]+)\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharp();

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Word();
}
