using System.Reflection;
using System.Text.Json;
using VmRecovery.Diagnostics;

namespace VmRecovery.Cli.Output.Findings;

/// <summary>SARIF 2.1.0 with rules, fixes and fingerprints, for code scanning services.</summary>
internal sealed class SarifFindingsPrinter : IFindingsPrinter
{
    private const string Schema =
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /// <inheritdoc/>
    public void Print(TextWriter output, CheckReport report) => JsonText.Write(output, writer =>
        {
            var rules = report
                .Findings.Select(f => f.Diagnostic.Descriptor)
                .DistinctBy(d => d.Id)
                .OrderBy(d => d.Id, StringComparer.Ordinal)
                .ToList();
            var index = rules
                .Select((rule, i) => (rule.Id, i))
                .ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
            writer.WriteStartObject();
            writer.WriteString("$schema", Schema);
            writer.WriteString("version", "2.1.0");
            writer.WriteStartArray("runs");
            writer.WriteStartObject();
            WriteTool(writer, rules);
            writer.WriteString("columnKind", "utf16CodeUnits");
            WriteInvocation(writer, report);
            writer.WriteStartArray("results");
            foreach (var finding in report.Findings)
                WriteResult(writer, finding, index[finding.Diagnostic.Id]);
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        });

    private static void WriteTool(Utf8JsonWriter writer, List<DiagnosticDescriptor> rules)
    {
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "vmrecovery");
        writer.WriteString("version", Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0.0.0");
        writer.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            writer.WriteStartObject();
            writer.WriteString("id", rule.Id);
            writer.WriteString("name", rule.Name);
            WriteMessage(writer, "shortDescription", rule.Summary);
            if (rule.Rationale.Length > 0)
                WriteMessage(writer, "fullDescription", rule.Rationale);
            WriteMessage(writer, "help", rule.Help);
            writer.WriteStartObject("defaultConfiguration");
            writer.WriteString("level", DiagnosticPrinter.NameOf(rule.Severity));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter writer, CheckReport report)
    {
        writer.WriteStartArray("invocations");
        writer.WriteStartObject();
        writer.WriteBoolean("executionSuccessful", true);
        writer.WriteStartArray("toolExecutionNotifications");
        foreach (var notice in report.Notices)
        {
            writer.WriteStartObject();
            writer.WriteString("level", "warning");
            WriteMessage(writer, "message", notice);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter writer, CheckFinding finding, int ruleIndex)
    {
        var diagnostic = finding.Diagnostic;
        writer.WriteStartObject();
        writer.WriteString("ruleId", diagnostic.Id);
        writer.WriteNumber("ruleIndex", ruleIndex);
        writer.WriteString("level", DiagnosticPrinter.NameOf(diagnostic.Severity));
        WriteMessage(writer, "message", diagnostic.Message);
        writer.WriteStartArray("locations");
        WriteLocation(writer, diagnostic.Location, null);
        writer.WriteEndArray();
        if (!diagnostic.Related.IsEmpty)
        {
            writer.WriteStartArray("relatedLocations");
            foreach (var related in diagnostic.Related)
                WriteLocation(writer, related.Location, related.Message);
            writer.WriteEndArray();
        }
        writer.WriteStartObject("partialFingerprints");
        writer.WriteString("ruleAndStatement/v1", finding.Fingerprint);
        writer.WriteEndObject();
        if (diagnostic.Fix is { Edits.Length: > 0 } fix)
            WriteFix(writer, fix, diagnostic.Location.Path);
        writer.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter writer, Location location, string? message)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        WriteArtifact(writer, location.Path);
        if (location.Line > 0)
        {
            writer.WriteStartObject("region");
            writer.WriteNumber("startLine", location.Line);
            if (location.Column > 0)
            {
                writer.WriteNumber("startColumn", location.Column);
                writer.WriteNumber("endLine", location.EndLine);
                writer.WriteNumber("endColumn", location.EndColumn);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        if (message is not null)
            WriteMessage(writer, "message", message);
        writer.WriteEndObject();
    }

    private static void WriteFix(Utf8JsonWriter writer, Fix fix, string path)
    {
        writer.WriteStartArray("fixes");
        writer.WriteStartObject();
        WriteMessage(writer, "description", fix.Title);
        writer.WriteStartArray("artifactChanges");
        writer.WriteStartObject();
        WriteArtifact(writer, path);
        writer.WriteStartArray("replacements");
        foreach (var edit in fix.Edits)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("deletedRegion");
            writer.WriteNumber("byteOffset", edit.Span.Start);
            writer.WriteNumber("byteLength", edit.Span.Length);
            writer.WriteEndObject();
            writer.WriteStartObject("insertedContent");
            writer.WriteString("text", edit.NewText);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteArtifact(Utf8JsonWriter writer, string path)
    {
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));
        writer.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }
}
