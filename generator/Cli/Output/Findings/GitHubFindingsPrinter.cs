using System.Globalization;
using VmRecovery.Diagnostics;

namespace VmRecovery.Cli.Output.Findings;

/// <summary>Workflow commands of GitHub Actions, which show findings beside the changed lines.</summary>
internal sealed class GitHubFindingsPrinter : IFindingsPrinter
{
    /// <inheritdoc/>
    public void Print(TextWriter output, CheckReport report)
    {
        foreach (var finding in report.Findings)
        {
            var diagnostic = finding.Diagnostic;
            var location = diagnostic.Location;
            var name = diagnostic.Severity == Severity.Note ? "notice" : DiagnosticPrinter.NameOf(diagnostic.Severity);
            output.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"::{name} file={Property(location.Path)},line={Math.Max(1, location.Line)},endLine={Math.Max(1, location.EndLine)},"
                        + $"col={Math.Max(1, location.Column)},endColumn={Math.Max(1, location.EndColumn)},title={Property(diagnostic.Id)}"
                        + $"::{Text(diagnostic.Message)}\n"
                )
            );
        }
        foreach (var notice in report.Notices)
            output.Write($"::notice title=vmrecovery::{Text(notice)}\n");
    }

    private static string Text(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Text(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
