using System.Collections.Immutable;
using VmRecovery.Compiler.Translation;
using VmRecovery.Diagnostics;

namespace VmRecovery.Compiler.Library;

/// <summary>The chapters of the library: the policy as bash, and the bash that is written by hand.</summary>
internal static class PolicyChapters
{
    /// <summary>Puts the translated policy before the chapters of templates/.</summary>
    public static ImmutableArray<Chapter> Of(
        ImmutableArray<TranslatedFunction> functions, ImmutableArray<SourceFile> templates) =>
    [
        .. functions.Select(function => new Chapter(
            $"policy.{function.Chapter.ToString().ToLowerInvariant()}",
            function.Location.Path,
            function.Location.Line,
            function.Text,
            function.Member)),
        .. templates.Where(file => file.Path.EndsWith(".bash", StringComparison.Ordinal)).Select(Handwritten),
    ];

    private static Chapter Handwritten(SourceFile file)
    {
        // templates/recovery/20-journal.bash belongs to recovery.all; the directive line is for editors only.
        var part = file.Path.Split('/')[1];
        var lines = file.Text.TrimEnd('\n').Split('\n');
        var first = lines[0] == "# shellcheck shell=bash" ? Array.FindIndex(lines, 1, line => line.Length > 0) : 0;
        var kept = Enumerable.Range(0, lines.Length).Skip(first).Where(i => part != "recovery" || !IsNote(lines[i])).ToImmutableArray();
        return new Chapter($"{part}.all", file.Path, first + 1, string.Join('\n', kept.Select(i => lines[i])) + "\n")
        {
            Lines = [.. kept.Select(i => i + 1)],
        };
    }

    /// <summary>Whether a line is a comment inside a function: it stays with whoever changes the function.</summary>
    private static bool IsNote(string line) =>
        line.StartsWith(' ') && line.TrimStart() is ['#', ' ', .. var text] && !text.StartsWith("shellcheck ", StringComparison.Ordinal);
}
