using System.Globalization;
using VmRecovery.Diagnostics;

namespace VmRecovery.Cli.Output.Findings;

/// <summary>The one line that sums a run up.</summary>
internal static class Summary
{
    /// <summary>Returns the line.</summary>
    public static string Of(CheckReport report)
    {
        var parts = new List<string>();
        Add(parts, report, Severity.Error, "error");
        Add(parts, report, Severity.Warning, "warning");
        Add(parts, report, Severity.Note, "note");
        if (parts.Count == 0 && !report.FixesWereShown)
            parts.Add("no findings");
        if (report.FixedCount > 0)
            parts.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{report.FixedCount} {(report.FixesWereShown ? "can be fixed" : "fixed")}"
                )
            );
        else if (report.FixesWereShown)
            parts.Add("nothing to fix");
        if (report.KnownCount > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{report.KnownCount} in the baseline"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(", ", parts)} in {report.FileCount} {(report.FileCount == 1 ? "file" : "files")}; {report.Elapsed.TotalSeconds:0.0} s"
        );
    }

    private static void Add(List<string> parts, CheckReport report, Severity severity, string name)
    {
        var count = report.Findings.Count(f => f.Diagnostic.Severity == severity);
        if (count > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {name}{(count == 1 ? "" : "s")}"));
    }
}
