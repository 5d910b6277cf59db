using System.Text.Json;

namespace VmRecovery.Node.Simulated.Web;

/// <summary>One answered request: method, URL without the query, status, body bytes sent.</summary>
internal sealed record Fetch(string Method, string Url, int Status, long Bytes);

/// <summary>One telemetry record as ProxmoxVE's api.func sends it.</summary>
internal sealed record TelemetryRecord(string ExecutionId, string Status, int ExitCode, string Error, string Json)
{
    /// <summary>True for the record that ends an execution.</summary>
    public bool IsTerminal => Status is "success" or "done" or "failed" or "aborted" or "unknown";

    /// <summary>Reads a record; what is not JSON becomes a record with the status <c>unreadable</c>.</summary>
    public static TelemetryRecord Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new TelemetryRecord(
                Text(root, "execution_id") ?? Text(root, "random_id") ?? "",
                Text(root, "status") ?? "",
                root.TryGetProperty("exit_code", out var code) && code.TryGetInt32(out var number) ? number : 0,
                Text(root, "error") ?? "",
                json);
        }
        catch (JsonException)
        {
            return new TelemetryRecord("", "unreadable", 0, "", json);
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
