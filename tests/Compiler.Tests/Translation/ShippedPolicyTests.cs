using VmRecovery.Diagnostics;
using VmRecovery.Host.Processes;

namespace VmRecovery.Tests.Translation;

/// <summary>The policy that ships, as bash.</summary>
public sealed class ShippedPolicyTests
{
    [Fact]
    public void The_policy_compiles_and_translates_without_a_finding()
    {
        AssertNone(Print(ShippedPolicy.Translated.Diagnostics));
        Assert.NotEmpty(ShippedPolicy.Translated.Functions);
    }

    [NeedsProcess]
    [Fact]
    public async Task Formatting_it_changes_nothing()
    {
        var text = string.Join('\n', ShippedPolicy.Translated.Functions.Select(f => f.Text));
        if (Environment.GetEnvironmentVariable("DUMP") is { } dump)
            await File.WriteAllBytesAsync(dump, System.Text.Encoding.UTF8.GetBytes(text));
        var outcome = await ProcessRunner.RunAsync("shfmt", ["-i", "2", "-d"], text);
        AssertNone(outcome.Output + outcome.Error);
    }

    [Fact]
    public void Every_function_has_a_name_of_its_own()
    {
        var twice = ShippedPolicy.Translated.Functions.GroupBy(f => f.Name).Where(g => g.Count() > 1).Select(g => g.Key);
        Assert.Empty(twice);
    }

    private static void AssertNone(string findings) => Assert.True(findings.Length == 0, findings);

    private static string Print(IEnumerable<Diagnostic> diagnostics)
    {
        using var output = new StringWriter();
        foreach (var diagnostic in diagnostics)
            DiagnosticPrinter.Print(output, diagnostic);
        return output.ToString();
    }
}
