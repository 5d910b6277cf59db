namespace VmRecovery.Node.Torture.Rules;

/// <summary>Telemetry hears one beginning and one end of each execution, the last as the script ended.</summary>
internal sealed class TelemetryRule() : EndRule(
    "VMT009", "wrong-telemetry", "telemetry heard something else than what happened", "send one record at the beginning and one at the end of each attempt")
{
    public override IEnumerable<string> Violations(Trial trial)
    {
        var run = trial.Last;
        var end = run.Telemetry.LastOrDefault(t => t.IsTerminal);
        if (end is not null && trial.Expected.HasFlag(ExpectedEnd.Signalled) && end.Status != "aborted")
            yield return $"telemetry says {end.Status}, not aborted";
        if (end is not null && trial.Expected.HasFlag(ExpectedEnd.Failed) && run.ExitCode != 0 && (end.Status != "failed" || end.ExitCode != run.ExitCode))
            yield return FormattableString.Invariant($"telemetry says {end.Status} {end.ExitCode}, the script ended with {run.ExitCode}");
        foreach (var violation in TelemetryRecords.Violations(run))
            yield return violation;
    }
}
