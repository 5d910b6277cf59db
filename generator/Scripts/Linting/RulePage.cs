using System.Globalization;
using System.Text;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting;

/// <summary>Renders the page of a rule: what <c>explain</c> prints and docs/rules holds.</summary>
internal static class RulePage
{
    /// <summary>Returns the page of a rule as Markdown; null when there is no rule with this id.</summary>
    public static string? Of(string id)
    {
        if (RuleSet.Find(id) is not { } descriptor)
            return null;
        var rule = RuleSet.All.FirstOrDefault(r => r.Descriptor.Id == id);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# {id} {descriptor.Name}\n\n{Sentence(descriptor.Summary)}\n\n");
        if (descriptor.Rationale.Length > 0)
            page.Append(CultureInfo.InvariantCulture, $"{descriptor.Rationale}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"To do: {descriptor.Help}.\n\n");
        AppendExample(page, "Reported", descriptor.BadExample);
        AppendExample(page, "Not reported", descriptor.GoodExample);
        page.Append(CultureInfo.InvariantCulture, $"Severity: {DiagnosticPrinter.NameOf(descriptor.Severity)}. ");
        page.Append(CultureInfo.InvariantCulture, $"Looks at: {ScopeOf(rule)}. Fix: {FixOf(rule)}.\n");
        if (rule?.ShellCheckCode is { } code)
            page.Append(
                CultureInfo.InvariantCulture,
                $"ShellCheck's SC{code} says the same; one of them is reported.\n"
            );
        if (rule is { IsAnsweredByRecovery: true })
            page.Append("Not reported in a patched script: recovery takes care of it at run time.\n");
        return page.ToString();
    }

    /// <summary>Returns the table of all rules as Markdown.</summary>
    public static string Index()
    {
        var page = new StringBuilder("# Rules\n\n| id | name | severity | fix | summary |\n|---|---|---|---|---|\n");
        foreach (var descriptor in RuleSet.Descriptors)
        {
            var rule = RuleSet.All.FirstOrDefault(r => r.Descriptor.Id == descriptor.Id);
            page.Append(
                CultureInfo.InvariantCulture,
                $"| [{descriptor.Id}]({descriptor.Id}.md) | {descriptor.Name} | {DiagnosticPrinter.NameOf(descriptor.Severity)} "
                    + $"| {FixOf(rule)} | {descriptor.Summary.Replace("|", "\\|", StringComparison.Ordinal)} |\n"
            );
        }
        return page.ToString();
    }

    private static string ScopeOf(LintRule? rule) =>
        rule?.Scope == RuleScope.Vm ? "scripts that work on VMs or volumes" : "any bash script";

    private static string FixOf(LintRule? rule) =>
        rule?.FixSafety switch
        {
            FixSafety.Safe => "safe",
            FixSafety.Unsafe => "unsafe",
            _ => "none",
        };

    private static string Sentence(string summary) => char.ToUpperInvariant(summary[0]) + summary[1..] + ".";

    private static void AppendExample(StringBuilder page, string title, string? example)
    {
        if (example is not null)
            page.Append(
                CultureInfo.InvariantCulture,
                $"{title}:\n\n```bash\n{example.TrimStart('\uFEFF').TrimEnd('\n')}\n```\n\n"
            );
    }
}
