using System.Collections.Immutable;
using System.Text;
using VmRecovery.Compiler;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Patching;

namespace VmRecovery.Cli.Explain;

/// <summary>The descriptors of the policy compiler and of the patcher: the source of <c>explain ID</c> and of docs/diagnostics.md.</summary>
internal static class DescriptorTable
{
    /// <summary>All descriptors, in the order of their ids within each room.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        [.. PolicyDiagnostics.All, .. TranslationDiagnostics.All, .. OutputDiagnostics.All, .. PortDiagnostics.All];

    /// <summary>Finds a descriptor; null for an id of something else.</summary>
    public static DiagnosticDescriptor? Find(string id) => All.FirstOrDefault(d => d.Id == id);

    /// <summary>Returns the text that <c>explain</c> prints for a descriptor.</summary>
    public static string Explanation(DiagnosticDescriptor descriptor)
    {
        var text = new StringBuilder($"{descriptor.Id} ({descriptor.Name}): {descriptor.Summary}\n");
        Append("why ", descriptor.Rationale);
        Append("do  ", descriptor.Help);
        Append("bad ", descriptor.BadExample);
        Append("good", descriptor.GoodExample);
        return text.ToString();

        void Append(string label, string? value)
        {
            if (value is { Length: > 0 })
                text.Append(label).Append("  ").Append(value.Replace("\n", "\n      ", StringComparison.Ordinal)).Append('\n');
        }
    }

    /// <summary>Returns the text of docs/diagnostics.md.</summary>
    public static string Page()
    {
        var page = new StringBuilder(
            "# Diagnostics\n\nGenerated from the descriptors in the source. Findings of `check` have pages of their own: [rules](rules/README.md).\n"
            + "A finding is `file:line:column: severity ID: message`; `vmrecovery explain ID` prints what stands here.\n");
        foreach (var category in All.GroupBy(d => d.Category))
        {
            page.Append($"\n## {char.ToUpperInvariant(category.Key[0])}{category.Key[1..]}\n\n| id | name | means | to do | for example |\n|---|---|---|---|---|\n");
            foreach (var one in category)
                page.Append($"| {one.Id} | {one.Name} | {Cell(one.Summary)} | {Cell(one.Help)} | {Code(one.BadExample)} |\n");
        }
        return page.ToString();
    }

    private static string Cell(string text) => text.Replace("|", @"\|", StringComparison.Ordinal);

    private static string Code(string? example) =>
        example is null ? "" : $"`{Cell(example.Split('\n')[0]).Replace("`", "'", StringComparison.Ordinal)}`";
}
