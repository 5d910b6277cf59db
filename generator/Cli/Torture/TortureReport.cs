using System.Globalization;
using System.Text;
using System.Text.Json;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Torture;

namespace VmRecovery.Cli.Torture;

/// <summary>Prints what torture found.</summary>
internal static class TortureReport
{
    /// <summary>One line for each bad run, with its violations below, and the sum.</summary>
    public static void WriteText(TextWriter output, string script, IReadOnlyList<Step> steps, IReadOnlyList<TortureResult> results)
    {
        foreach (var result in results.Where(r => r.Violations.Count > 0))
        {
            output.WriteLine($"{script}: {result.Scenario.Name} ({result.Scenario.Command}): {result.Violations[0].Message}");
            foreach (var violation in result.Violations.Skip(1))
                output.WriteLine("    " + violation.Message);
        }
        foreach (var kind in results.GroupBy(r => r.Scenario.Kind))
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{script}: {Plural(kind.Key)}: {kind.Count(r => r.Violations.Count == 0)} of {kind.Count()} clean"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{script}: {results.Count(r => r.Violations.Count == 0)} of {results.Count} clean ({steps.Count} steps)"));
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
            json.WriteNumber("clean", results.Count(r => r.Violations.Count == 0));
            json.WriteStartArray("results");
            foreach (var result in results)
            {
                json.WriteStartObject();
                json.WriteString("name", result.Scenario.Name);
                json.WriteNumber("step", result.Scenario.Step.Number);
                json.WriteString("command", result.Scenario.Step.CommandLine);
                json.WriteString("recovery", result.Scenario.Recovery);
                json.WriteNumber("exit_code", result.ExitCode);
                json.WriteStartArray("violations");
                foreach (var violation in result.Violations)
                {
                    json.WriteStartObject();
                    json.WriteString("id", violation.Id);
                    json.WriteString("message", violation.Message);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static string Plural(ScenarioKind kind) => kind switch
    {
        ScenarioKind.Single => "single faults",
        ScenarioKind.Pair => "pairs of faults",
        ScenarioKind.Signal => "signals",
        ScenarioKind.Conflict => "VMID conflicts",
        ScenarioKind.CommandKilled => "commands killed alone",
        ScenarioKind.WorkerGoesOn => "commands killed whose work goes on",
        ScenarioKind.WorkerKilled => "workers killed",
        ScenarioKind.WorkerInterrupted => "workers interrupted",
        ScenarioKind.Locked => "backups that begin",
        ScenarioKind.Late => "late failures",
        ScenarioKind.Hidden => "hidden commands",
        ScenarioKind.KillUnattended => "kills, then unattended",
        _ => "kills, then answered",
    };
}
