using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using VmRecovery.Bash.Text;
using VmRecovery.Compiler;
using VmRecovery.Compiler.Library;
using VmRecovery.Diagnostics;
using VmRecovery.Host.Processes;

namespace VmRecovery.Cli.Generate;

/// <summary>The checks that generated bash must pass before it is written: bash, shfmt and ShellCheck.</summary>
internal sealed partial class OutputChecks
{
    private readonly string library;
    private readonly ChapterMap chapters;
    private readonly string name;
    private readonly string[] lines;

    private OutputChecks(string library, ChapterMap chapters, string name)
    {
        this.library = library;
        this.chapters = chapters;
        this.name = name;
        lines = library.Split('\n');
    }

    /// <summary>Runs all checks at once. A diagnostic names the C# member or chapter that its line comes from.</summary>
    /// <param name="library">The generated text.</param>
    /// <param name="chapters">The origin of its lines.</param>
    /// <param name="name">Path of the text, for messages.</param>
    /// <param name="cancellation">Ends the programs.</param>
    public static async Task<ImmutableArray<Diagnostic>> RunAsync(
        string library, ChapterMap chapters, string name, CancellationToken cancellation)
    {
        var checks = new OutputChecks(library, chapters, name);
        var all = await Task.WhenAll(
            checks.BashAsync(cancellation),
            checks.ShfmtAsync(cancellation),
            checks.ShellCheckAsync(cancellation)).ConfigureAwait(false);
        return [.. all.SelectMany(found => found)];
    }

    private async Task<IEnumerable<Diagnostic>> BashAsync(CancellationToken cancellation)
    {
        var outcome = await ProcessRunner.RunAsync("bash", ["-n"], library, cancellation: cancellation).ConfigureAwait(false);
        if (outcome.ExitCode == 0)
            return [];
        var match = BashError().Match(outcome.Error);
        var message = match.Success ? match.Groups[2].Value : outcome.Error.Trim();
        return [At(OutputDiagnostics.Syntax, Number(match.Groups[1]), 1, message)];
    }

    private async Task<IEnumerable<Diagnostic>> ShfmtAsync(CancellationToken cancellation)
    {
        var outcome = await ProcessRunner.RunAsync("shfmt", ["-i", "2", "-d", "-"], library, cancellation: cancellation)
            .ConfigureAwait(false);
        if (outcome.ExitCode == 0)
            return [];
        var hunk = Hunk().Match(outcome.Output);
        var message = $"shfmt -i 2 would write this otherwise:\n{outcome.Output}{outcome.Error}".TrimEnd();
        // A hunk begins three lines of context before what differs.
        return [At(OutputDiagnostics.Format, Number(hunk.Groups[1]) + 3, 1, message)];
    }

    private async Task<IEnumerable<Diagnostic>> ShellCheckAsync(CancellationToken cancellation)
    {
        var outcome = await ProcessRunner.RunAsync(
            "shellcheck", ["--norc", "--shell=bash", "--format=json", "-"], library, cancellation: cancellation)
            .ConfigureAwait(false);
        if (outcome.ExitCode is not (0 or 1))
            throw ToolException.MissingTool($"shellcheck: failed ({outcome.Error.Trim()})");
        var comments = JsonSerializer.Deserialize(
            outcome.Output, ShellCheckJsonContext.Default.ImmutableArrayShellCheckComment);
        return comments.Select(comment => At(
            OutputDiagnostics.ShellCheck,
            comment.Line,
            comment.Column,
            string.Create(CultureInfo.InvariantCulture, $"SC{comment.Code}: {comment.Message.TrimEnd('.')}")));
    }

    /// <summary>The diagnostic at the origin of a line of the library.</summary>
    private Diagnostic At(DiagnosticDescriptor descriptor, int line, int column, string message)
    {
        var text = line <= lines.Length ? lines[line - 1] : null;
        if (chapters.At(line) is not { } origin)
            return new Diagnostic(descriptor, Location.Of(name, new LinePosition(line, column), 1, text), message);
        var generated = string.Create(CultureInfo.InvariantCulture, $"generated as {name}:{line}");
        return origin.Chapter.Member is { } member
            ? new Diagnostic(descriptor, Location.OfLine(origin.Chapter.File, origin.Line), $"{member}: {message}")
            {
                Help = $"{generated}: {text?.Trim()}",
            }
            : new Diagnostic(
                descriptor, Location.Of(origin.Chapter.File, new LinePosition(origin.Line, column), 1, text), message)
            {
                Help = generated,
            };
    }

    private static int Number(Group group) =>
        int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Max(1, number) : 1;

    [GeneratedRegex(@"line (\d+): (.*)")]
    private static partial Regex BashError();

    [GeneratedRegex(@"^@@ -(\d+)", RegexOptions.Multiline)]
    private static partial Regex Hunk();
}
