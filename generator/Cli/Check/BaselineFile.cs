using System.Text.Json;
using VmRecovery.Diagnostics;
using VmRecovery.Host.Files;
using VmRecovery.Scripts.Linting;

namespace VmRecovery.Cli.Check;

/// <summary>Reads and writes <c>.vmrecovery-baseline.json</c>.</summary>
internal static class BaselineFile
{
    /// <summary>Name of the file, beside the configuration or in the current folder.</summary>
    public const string Name = ".vmrecovery-baseline.json";

    /// <summary>Reads a baseline; an empty one when the file does not exist.</summary>
    /// <exception cref="ToolException">The file is none.</exception>
    public static Baseline Read(string path)
    {
        if (!File.Exists(path))
            return Baseline.Empty;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return new Baseline([.. document.RootElement.GetProperty("findings").EnumerateArray().Select(Entry)]);
        }
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw ToolException.Input(
                $"{path}: no baseline of vmrecovery ({e.Message}); write it again with --add-baseline"
            );
        }
    }

    /// <summary>Writes a baseline.</summary>
    public static void Write(string path, Baseline baseline)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", 1);
            writer.WriteStartArray("findings");
            foreach (var entry in baseline.Entries)
            {
                writer.WriteStartObject();
                writer.WriteString("path", entry.Key.Path);
                writer.WriteString("rule", entry.Key.Rule);
                writer.WriteString("fingerprint", entry.Key.Fingerprint);
                writer.WriteNumber("count", entry.Count);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        AtomicFile.Write(path, [.. stream.ToArray(), (byte)'\n']);
    }

    private static BaselineEntry Entry(JsonElement entry) =>
        new(
            new BaselineKey(
                entry.GetProperty("path").GetString() ?? "",
                entry.GetProperty("rule").GetString() ?? "",
                entry.GetProperty("fingerprint").GetString() ?? ""
            ),
            entry.GetProperty("count").GetInt32()
        );
}
