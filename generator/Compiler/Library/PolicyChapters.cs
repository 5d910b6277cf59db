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
        const string directive = "# shellcheck shell=bash\n";
        var text = file.Text;
        return text.StartsWith(directive, StringComparison.Ordinal)
            ? new Chapter($"{part}.all", file.Path, 2, text[directive.Length..].TrimStart('\n'))
            : new Chapter($"{part}.all", file.Path, 1, text);
    }
}
