using System.Globalization;
using System.Text.Json;
using VmRecovery.Cli.Output;
using VmRecovery.Host.Files;
using VmRecovery.Scripts.Patching;

namespace VmRecovery.Cli.Port;

/// <summary>What <c>port</c> did with one file.</summary>
/// <param name="File">The file.</param>
/// <param name="Status">patched, unchanged, reverted, refused or error.</param>
/// <param name="Outcome">What the patcher found; null when the file could not be read.</param>
/// <param name="Problem">One line: why it is refused or could not be done.</param>
/// <param name="KeptAside">The file with hand edits that the new text does not have.</param>
internal sealed record PortedFile(ScriptFile File, string Status, PatchOutcome? Outcome, string? Problem, string? KeptAside = null)
{
    /// <summary>Lines the diff adds or removes.</summary>
    public int ChangedLines { get; init; }
}

/// <summary>Prints what <c>port</c> did.</summary>
internal static class PortReport
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line a file.</summary>
    public static string Line(PortedFile file)
    {
        var line = file.Outcome?.Refusal?.Location.Line is > 0 and var number ? string.Create(CultureInfo.InvariantCulture, $":{number}") : "";
        var text = file.Status switch
        {
            "patched" => string.Create(CultureInfo.InvariantCulture, $"patched, {file.ChangedLines} lines"),
            "refused" => $"refused: {file.Outcome?.Refusal?.Id}: {file.Problem}",
            "error" => $"error: {file.Problem}",
            _ => file.Status,
        };
        return $"{file.File.Path}{line}: {text}";
    }

    /// <summary>Says what to change in a script that is refused or broken; null where nothing is known.</summary>
    public static string? Help(PortedFile file) => file.Outcome?.Refusal?.Help is { } help ? $"  help: {help}" : null;

    /// <summary>Tells of hand edits in our regions.</summary>
    public static IEnumerable<string> HandEdits(PortedFile file)
    {
        foreach (var edit in file.Outcome?.HandEdits ?? [])
        {
            var where = file.KeptAside is null ? "the new text does not have that; --write keeps it aside" : $"kept in {file.KeptAside}";
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{file.File.Path}:{edit.Line}: note: region '{edit.Name}' was edited by hand: {where}");
        }
    }

    /// <summary>The counts of a run.</summary>
    public static string Summary(IReadOnlyList<PortedFile> files, int skipped, TimeSpan time)
    {
        var counts = string.Join(", ", Counts(files).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Count} {c.Status}")));
        var others = skipped > 0 ? string.Create(CultureInfo.InvariantCulture, $", {skipped} that create no VM skipped") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{(counts.Length > 0 ? counts : "0 scripts")}{others}; {time.TotalSeconds:0.0} s");
    }

    /// <summary>The difference that a file has, or would get.</summary>
    public static string Diff(PatchOutcome outcome)
    {
        var path = outcome.Before.Path;
        return UnifiedDiff.Between(path, path, Text(outcome.Before.Raw), Text(outcome.After.Raw));
        static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Everything, for programs.</summary>
    public static string Json(IReadOnlyList<PortedFile> files, int skipped, TimeSpan time)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Indented))
        {
            json.WriteStartObject();
            json.WriteStartArray("files");
            foreach (var file in files)
                WriteFile(json, file);
            json.WriteEndArray();
            json.WriteStartObject("counts");
            foreach (var (status, count) in Counts(files))
                json.WriteNumber(status, count);
            json.WriteNumber("skipped", skipped);
            json.WriteEndObject();
            json.WriteNumber("seconds", Math.Round(time.TotalSeconds, 3));
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteFile(Utf8JsonWriter json, PortedFile file)
    {
        json.WriteStartObject();
        json.WriteString("path", file.File.Path);
        json.WriteString("status", file.Status);
        json.WriteNumber("changed_lines", file.ChangedLines);
        json.WriteString("id", file.Outcome?.Refusal?.Id);
        json.WriteString("element", file.Outcome?.Refusal?.Descriptor.Name);
        json.WriteNumber("line", file.Outcome?.Refusal?.Location.Line ?? 0);
        json.WriteString("message", file.Problem);
        json.WriteStartArray("edits");
        foreach (var edit in file.Status == "patched" ? file.Outcome!.Insertions : [])
        {
            json.WriteStartObject();
            json.WriteNumber("before_line", edit.Line);
            json.WriteNumber("lines", edit.LineCount);
            json.WriteString("region", edit.Region.Name);
            json.WriteString("reason", edit.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("hand_edits");
        foreach (var edit in file.Outcome?.HandEdits ?? [])
        {
            json.WriteStartObject();
            json.WriteString("region", edit.Name);
            json.WriteNumber("line", edit.Line);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("kept_aside", file.KeptAside);
        json.WriteEndObject();
    }

    private static IEnumerable<(string Status, int Count)> Counts(IReadOnlyList<PortedFile> files) =>
        files.GroupBy(f => f.Status).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.Count()));
}
