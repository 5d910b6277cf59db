using System.Text.Json;
using VmRecovery.Host.Files;
using VmRecovery.Host.Processes;

namespace VmRecovery.Tests.Generating;

/// <summary>ShellCheck with every optional check finds only what templates/shellcheck-exceptions.txt gives a reason for.</summary>
public sealed class OptionalLintTests
{
    [Fact]
    public async Task The_library_has_the_listed_codes_no_other_and_each_with_a_reason()
    {
        var project = ProjectFolder.Find();
        var library = Path.Combine(project.Out, VmRecovery.Cli.Generate.Generation.LibraryPath);
        var lint = await ProcessRunner.RunAsync("shellcheck", ["--norc", "-o", "all", "--format=json", library]);
        using var findings = JsonDocument.Parse(lint.Output);
        var found = findings.RootElement.EnumerateArray().Select(f => $"SC{f.GetProperty("code").GetInt32()}").Distinct().Order(StringComparer.Ordinal);
        var lines = await File.ReadAllLinesAsync(Path.Combine(project.Templates, "shellcheck-exceptions.txt"));

        Assert.Equal(lines.Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal), found);
        Assert.All(lines, line => Assert.True(line.Split(' ').Length > 5, $"no reason: {line}"));
    }
}
