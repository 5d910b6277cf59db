using System.Globalization;
using VmRecovery.Node.Simulated.Sandbox;

namespace VmRecovery.Node.Torture;

/// <summary>The records that a run sent: one beginning and one end for each execution, the last as the script ended.</summary>
internal static class TelemetryRecords
{
    /// <summary>Finds contradictions, as sentences.</summary>
    public static IEnumerable<string> Violations(ExecutionResult run)
    {
        foreach (var execution in run.Telemetry.GroupBy(t => t.ExecutionId))
        {
            var (begins, ends) = (execution.Count(t => t.Status == "installing"), execution.Count(t => t.IsTerminal));
            if (begins != 1 || ends != 1)
                yield return string.Create(CultureInfo.InvariantCulture, $"telemetry: {begins} installing and {ends} terminal records of one execution");
        }
        var last = run.Telemetry.LastOrDefault(t => t.IsTerminal);
        if (last is not null && (last.Status == "success") != (run.ExitCode == 0))
            yield return string.Create(CultureInfo.InvariantCulture, $"telemetry says {last.Status} at the end, the script ended with {run.ExitCode}");
    }
}
