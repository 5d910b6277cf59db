using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using VmRecovery.Compiler.Findings;
using VmRecovery.Compiler.Library;
using VmRecovery.Diagnostics;
using VmRecovery.Host.Processes;
using Diagnostic = VmRecovery.Compiler.Findings.Diagnostic;

namespace VmRecovery.Cli.Generate;

/// <summary>What generated bash must pass before it is written: bash, shfmt and ShellCheck.</summary>
internal static partial class Gates
{
    /// <summary>Runs all gates at once. A finding stands at the C# member or chapter that its line comes from.</summary>
    public static async Task<ImmutableArray<Diagnostic>> CheckAsync(
        string library, ChapterMap chapters, string outputName, CancellationToken cancellation)
    {
        var all = await Task.WhenAll(
            BashAsync(library, cancellation),
            ShfmtAsync(library, cancellation),
            ShellCheckAsync(library, cancellation)).ConfigureAwait(false);
        var lines = library.Split('\n');
        return [.. all.SelectMany(findings => findings).Select(finding => At(finding, chapters, outputName, lines))];
    }

    private static async Task<IEnumerable<Finding>> BashAsync(string library, CancellationToken cancellation)
    {
        var outcome = await ProcessRunner.RunAsync("bash", ["-n"], library, cancellation: cancellation).ConfigureAwait(false);
        if (outcome.ExitCode == 0)
            return [];
        var match = BashError().Match(outcome.Error);
        return [new Finding("VMP303", Number(match.Groups[1]), 1, match.Success ? match.Groups[2].Value : outcome.Error.Trim())];
    }

    private static async Task<IEnumerable<Finding>> ShfmtAsync(string library, CancellationToken cancellation)
    {
        var outcome = await ProcessRunner.RunAsync("shfmt", ["-i", "2", "-d", "-"], library, cancellation: cancellation).ConfigureAwait(false);
        if (outcome.ExitCode == 0)
            return [];
        var hunk = Hunk().Match(outcome.Output);
        // A hunk begins three lines of context before what differs.
        return [new Finding("VMP302", Number(hunk.Groups[1]) + 3, 1, $"shfmt -i 2 would write this otherwise:\n{outcome.Output}{outcome.Error}".TrimEnd())];
    }

    private static async Task<IEnumerable<Finding>> ShellCheckAsync(string library, CancellationToken cancellation)
    {
        var outcome = await ProcessRunner.RunAsync(
            "shellcheck", ["--norc", "--shell=bash", "--format=json", "-"], library, cancellation: cancellation).ConfigureAwait(false);
        if (outcome.ExitCode is not (0 or 1))
            throw ToolException.MissingTool($"shellcheck: failed ({outcome.Error.Trim()})");
        var comments = JsonSerializer.Deserialize(outcome.Output, GatesJsonContext.Default.ImmutableArrayShellCheckComment);
        return comments.Select(comment => new Finding(
            "VMP301", comment.Line, comment.Column, string.Create(CultureInfo.InvariantCulture, $"SC{comment.Code}: {comment.Message.TrimEnd('.')}")));
    }

    private static Diagnostic At(Finding finding, ChapterMap chapters, string outputName, string[] lines)
    {
        var text = finding.Line >= 1 && finding.Line <= lines.Length ? lines[finding.Line - 1] : null;
        var help = string.Create(CultureInfo.InvariantCulture, $"generated as {outputName}:{finding.Line}");
        if (chapters.At(finding.Line) is not { } origin)
            return new Diagnostic(new Place(outputName, finding.Line, finding.Column, 1, text), Severity.Error, finding.Code, finding.Message);
        var (chapter, line) = origin;
        var message = chapter.Member is { } member ? $"{member}: {finding.Message}" : finding.Message;
        return chapter.Member is null
            ? new Diagnostic(new Place(chapter.File, line, finding.Column, 1, text), Severity.Error, finding.Code, message, help)
            : new Diagnostic(new Place(chapter.File, line), Severity.Error, finding.Code, message, $"{help}: {text?.Trim()}");
    }

    private static int Number(Group group) =>
        int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;

    private sealed record Finding(string Code, int Line, int Column, string Message);

    [GeneratedRegex(@"line (\d+): (.*)")]
    private static partial Regex BashError();

    [GeneratedRegex(@"^@@ -(\d+)", RegexOptions.Multiline)]
    private static partial Regex Hunk();
}

/// <summary>One comment of <c>shellcheck --format=json</c>.</summary>
internal sealed record ShellCheckComment(
    [property: JsonPropertyName("line")] int Line,
    [property: JsonPropertyName("column")] int Column,
    [property: JsonPropertyName("code")] int Code,
    [property: JsonPropertyName("message")] string Message);

/// <summary>Source-generated JSON of the gates.</summary>
[JsonSerializable(typeof(ImmutableArray<ShellCheckComment>))]
internal sealed partial class GatesJsonContext : JsonSerializerContext;
