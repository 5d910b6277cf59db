using System.Globalization;
using VmRecovery.Diagnostics;

namespace VmRecovery.Cli.Output.Findings;

/// <summary>One line a finding, as compilers write it: <c>file:line:column: warning: message [VMR013]</c>.</summary>
internal sealed class GccFindingsPrinter : IFindingsPrinter
{
    /// <inheritdoc/>
    public void Print(TextWriter output, CheckReport report)
    {
        foreach (var finding in report.Findings)
        {
            var diagnostic = finding.Diagnostic;
            output.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{diagnostic.Location.Path}:{Math.Max(1, diagnostic.Location.Line)}:{Math.Max(1, diagnostic.Location.Column)}: "
                        + $"{DiagnosticPrinter.NameOf(diagnostic.Severity)}: {Plain.Of(diagnostic.Message)} [{diagnostic.Id}]\n"
                )
            );
        }
        foreach (var notice in report.Notices)
            output.Write($"vmrecovery: note: {Plain.Of(notice)}\n");
    }
}
