using System.Text.Json;
using VmRecovery.Diagnostics;

namespace VmRecovery.Cli.Output.Findings;

/// <summary>One JSON object with all findings, their fixes, and remarks on the run.</summary>
internal sealed class JsonFindingsPrinter : IFindingsPrinter
{
    /// <inheritdoc/>
    public void Print(TextWriter output, CheckReport report) => JsonText.Write(output, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("findings");
            foreach (var finding in report.Findings)
                Write(writer, finding);
            writer.WriteEndArray();
            writer.WriteStartArray("notices");
            foreach (var notice in report.Notices)
                writer.WriteStringValue(notice);
            writer.WriteEndArray();
            writer.WriteNumber("files", report.FileCount);
            writer.WriteNumber("fixed", report.FixedCount);
            writer.WriteNumber("inBaseline", report.KnownCount);
            writer.WriteEndObject();
        });

    private static void Write(Utf8JsonWriter writer, CheckFinding finding)
    {
        var diagnostic = finding.Diagnostic;
        writer.WriteStartObject();
        writer.WriteString("rule", diagnostic.Id);
        writer.WriteString("name", diagnostic.Descriptor.Name);
        writer.WriteString("severity", DiagnosticPrinter.NameOf(diagnostic.Severity));
        writer.WriteString("message", diagnostic.Message);
        WritePlace(writer, diagnostic.Location);
        writer.WriteString("fingerprint", finding.Fingerprint);
        if (diagnostic.Help is { } help)
            writer.WriteString("help", help);
        if (diagnostic.Fix is { } fix)
            Write(writer, fix);
        if (!diagnostic.Related.IsEmpty)
        {
            writer.WriteStartArray("related");
            foreach (var related in diagnostic.Related)
            {
                writer.WriteStartObject();
                writer.WriteString("message", related.Message);
                WritePlace(writer, related.Location);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter writer, Location location)
    {
        writer.WriteString("path", location.Path);
        writer.WriteNumber("line", location.Line);
        writer.WriteNumber("column", location.Column);
        writer.WriteNumber("endLine", location.EndLine);
        writer.WriteNumber("endColumn", location.EndColumn);
    }

    private static void Write(Utf8JsonWriter writer, Fix fix)
    {
        writer.WriteStartObject("fix");
        writer.WriteString("title", fix.Title);
        writer.WriteString(
            "safety",
            fix.Safety switch
            {
                FixSafety.Safe => "safe",
                FixSafety.Unsafe => "unsafe",
                _ => "display-only",
            }
        );
        writer.WriteStartArray("edits");
        foreach (var edit in fix.Edits)
        {
            writer.WriteStartObject();
            writer.WriteNumber("startByte", edit.Span.Start);
            writer.WriteNumber("endByte", edit.Span.End);
            writer.WriteString("text", edit.NewText);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
