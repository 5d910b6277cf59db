using System.Collections.Immutable;
using VmRecovery.Translation;

namespace VmRecovery.Generation;

/// <summary>The chapters of the library: the policy as bash, and the bash that is written by hand.</summary>
internal static class PolicyChapters
{
    /// <summary>Translates the policy and adds the chapters of templates/.</summary>
    public static ImmutableArray<Chapter> Translate(GenerationInputs inputs) =>
    [
        .. TranslatedPolicy.From(inputs.Policy).Select(function => new Chapter(
            $"policy.{function.Chapter.ToString().ToLowerInvariant()}",
            function.Place.File,
            function.Place.Line,
            function.Text,
            function.Member)),
        .. inputs.Templates.Where(file => file.Name.EndsWith(".bash", StringComparison.Ordinal)).Select(Handwritten),
    ];

    private static Chapter Handwritten(SourceFile file)
    {
        // templates/recovery/20-journal.bash belongs to recovery.all; the directive line is for editors only.
        var part = file.Name.Split('/')[1];
        const string directive = "# shellcheck shell=bash\n";
        var text = file.Text;
        return text.StartsWith(directive, StringComparison.Ordinal)
            ? new Chapter($"{part}.all", file.Name, 2, text[directive.Length..].TrimStart('\n'))
            : new Chapter($"{part}.all", file.Name, 1, text);
    }
}
