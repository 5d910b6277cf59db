using System.Globalization;

namespace VmRecovery.Cli.Output.Findings;

/// <summary>The findings counted by rule, the most frequent first.</summary>
internal sealed class StatisticsPrinter : IFindingsPrinter
{
    /// <inheritdoc/>
    public void Print(TextWriter output, CheckReport report)
    {
        var groups = report
            .Findings.GroupBy(f => f.Diagnostic.Id, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var fixable = group.Any(f => f.Diagnostic.Fix is not null) ? "fix" : "";
            output.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{group.Count(), 6}  {group.Key}  {fixable, -3}  {Plain.Of(group.First().Diagnostic.Descriptor.Summary)}\n"
                )
            );
        }
        foreach (var notice in report.Notices)
            output.Write($"note: {notice}\n");
        output.Write($"{Summary.Of(report)}\n");
    }
}
