using System.Globalization;
using System.Xml;
using VmRecovery.Diagnostics;

namespace VmRecovery.Cli.Output.Findings;

/// <summary>The XML of Checkstyle, which many build servers read.</summary>
internal sealed class CheckstyleFindingsPrinter : IFindingsPrinter
{
    /// <inheritdoc/>
    public void Print(TextWriter output, CheckReport report)
    {
        var settings = new XmlWriterSettings
        {
            Indent = true,
            NewLineChars = "\n",
            OmitXmlDeclaration = true,
            CloseOutput = false,
        };
        output.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        using (var writer = XmlWriter.Create(output, settings))
        {
            writer.WriteStartElement("checkstyle");
            writer.WriteAttributeString("version", "4.3");
            foreach (var file in report.Findings.GroupBy(f => f.Diagnostic.Location.Path, StringComparer.Ordinal))
            {
                writer.WriteStartElement("file");
                writer.WriteAttributeString("name", Xml(file.Key));
                foreach (var finding in file)
                    Write(writer, finding.Diagnostic);
                writer.WriteEndElement();
            }
            foreach (var notice in report.Notices)
                writer.WriteComment($" {Xml(notice).Replace("--", "- -", StringComparison.Ordinal)} ");
            writer.WriteEndElement();
        }
        output.Write("\n");
    }

    private static void Write(XmlWriter writer, Diagnostic diagnostic)
    {
        writer.WriteStartElement("error");
        writer.WriteAttributeString(
            "line",
            Math.Max(1, diagnostic.Location.Line).ToString(CultureInfo.InvariantCulture)
        );
        writer.WriteAttributeString(
            "column",
            Math.Max(1, diagnostic.Location.Column).ToString(CultureInfo.InvariantCulture)
        );
        writer.WriteAttributeString(
            "severity",
            diagnostic.Severity == Severity.Note ? "info" : DiagnosticPrinter.NameOf(diagnostic.Severity)
        );
        writer.WriteAttributeString("message", Xml(diagnostic.Message));
        writer.WriteAttributeString("source", "vmrecovery." + diagnostic.Id);
        writer.WriteEndElement();
    }

    /// <summary>Replaces characters that XML 1.0 can't hold.</summary>
    private static string Xml(string text) =>
        string.Concat(
            text.EnumerateRunes()
                .Select(r => r.Value is < 0x20 and not '\t' or 0xFFFE or 0xFFFF ? "\uFFFD" : r.ToString())
        );
}
