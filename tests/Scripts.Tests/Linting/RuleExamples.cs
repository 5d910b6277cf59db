using System.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Linting;
using VmRecovery.Scripts.Linting.Fixes;

namespace VmRecovery.Tests.Linting;

/// <summary>
/// The examples of rules: a folder a rule, <c>bad*.sh</c>, <c>good*.sh</c>, and <c>fixed.sh</c> for <c>bad.sh</c>.
/// </summary>
internal static class RuleExamples
{
    public static string Folder => Path.Combine(Checkout.Root, "tests", "Scripts.Tests", "Linting");

    public static string FolderOf(LintRule rule) => Path.Combine(Folder, rule.GetType().Name);

    public static IEnumerable<string> Ids => RuleSet.All.Select(r => r.Descriptor.Id);

    public static LintRule Rule(string id) => RuleSet.All.Single(r => r.Descriptor.Id == id);

    /// <summary>The descriptor's example and the files of one kind, with the text of each.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Of(LintRule rule, string kind)
    {
        var example = kind == "bad" ? rule.Descriptor.BadExample : rule.Descriptor.GoodExample;
        yield return ($"{rule.Descriptor.Id} {kind} example", Encoding.UTF8.GetBytes(example + "\n"));
        if (!Directory.Exists(FolderOf(rule)))
            yield break;
        foreach (var file in Directory.GetFiles(FolderOf(rule), kind + "*.sh").Order(StringComparer.Ordinal))
            yield return (Path.GetRelativePath(Folder, file), File.ReadAllBytes(file));
    }

    public static string[] Found(byte[] content) => [.. Lint(content).Select(d => d.Id)];

    public static System.Collections.Immutable.ImmutableArray<Diagnostic> Lint(byte[] content) =>
        Linter.Default.Lint(new SourceFile("x.sh", content)).Findings(null);

    public static FixOutcome Fix(byte[] content, FixSafety allowed = FixSafety.Unsafe) =>
        FixLoop.Run(content, Lint, allowed);
}
