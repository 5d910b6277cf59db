using System.Globalization;
using System.Text;
using System.Text.Json;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Torture;

namespace VmRecovery.Cli.Torture;

/// <summary>Prints what torture found.</summary>
internal static class TortureReport
{
    /// <summary>One line for each bad run, with its complaints below, and the sum.</summary>
    public static void WriteText(TextWriter output, string script, IReadOnlyList<Step> steps, IReadOnlyList<TortureResult> results)
    {
        foreach (var result in results.Where(r => r.Complaints.Count > 0))
        {
            output.WriteLine($"{script}: {result.Case.Name} ({result.Case.Command}): {result.Complaints[0]}");
            foreach (var complaint in result.Complaints.Skip(1))
                output.WriteLine("    " + complaint);
        }
        foreach (var kind in results.GroupBy(r => r.Case.Kind))
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{script}: {Plural(kind.Key)}: {kind.Count(r => r.Complaints.Count == 0)} of {kind.Count()} clean"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{script}: {results.Count(r => r.Complaints.Count == 0)} of {results.Count} clean ({steps.Count} steps)"));
    }

    /// <summary>One JSON object with every run.</summary>
    public static void WriteJson(TextWriter output, string script, IReadOnlyList<Step> steps, IReadOnlyList<TortureResult> results)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("script", script);
            json.WriteNumber("steps", steps.Count);
            json.WriteNumber("runs", results.Count);
            json.WriteNumber("clean", results.Count(r => r.Complaints.Count == 0));
            json.WriteStartArray("results");
            foreach (var result in results)
            {
                json.WriteStartObject();
                json.WriteString("name", result.Case.Name);
                json.WriteNumber("step", result.Case.Step.Number);
                json.WriteString("command", result.Case.Step.CommandLine);
                json.WriteString("recovery", result.Case.Recovery);
                json.WriteNumber("exit_code", result.ExitCode);
                json.WriteStartArray("complaints");
                foreach (var complaint in result.Complaints)
                    json.WriteStringValue(complaint);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static string Plural(Misfortune kind) => kind switch
    {
        Misfortune.Single => "single faults",
        Misfortune.Pair => "pairs of faults",
        Misfortune.Signal => "signals",
        Misfortune.Conflict => "VMID conflicts",
        Misfortune.CommandKilled => "commands killed alone",
        Misfortune.Late => "late failures",
        Misfortune.KillUnattended => "kills, then unattended",
        _ => "kills, then answered",
    };
}
