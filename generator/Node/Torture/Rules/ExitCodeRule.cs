using System.Globalization;
using VmRecovery.Node.Simulated.Faults;

namespace VmRecovery.Node.Torture.Rules;

/// <summary>The script ends with the exit code that it would have had unpatched, or 128 and the signal.</summary>
internal sealed class ExitCodeRule() : EndRule(
    "VMT003", "wrong-exit-code", "the script ends with another exit code", "end with the code of the failed command, of the script, or of the signal")
{
    private const int Partial = 18;
    private const int Killed = 137;

    public override IEnumerable<string> Violations(Trial trial)
    {
        if (trial.Expected.HasFlag(ExpectedEnd.Signalled))
            return Signalled(trial);
        return trial.Expected.HasFlag(ExpectedEnd.Failed) ? Failed(trial) : [];
    }

    private static IEnumerable<string> Signalled(Trial trial)
    {
        var expected = 128 + (int)trial.Scenario.Signal;
        if (trial.Last.ExitCode != expected)
            yield return string.Create(CultureInfo.InvariantCulture, $"exit {trial.Last.ExitCode}, not {expected}");
    }

    private static IEnumerable<string> Failed(Trial trial)
    {
        var (run, step) = (trial.Last, trial.Scenario.Step);
        if (run.ExitCode == 0)
        {
            yield return "the failure passed unnoticed: exit 0";
            yield break;
        }
        // Programs around a command, such as xargs, have codes of their own.
        if (trial.Scenario.Kind == ScenarioKind.Hidden)
            yield break;
        // A script may try the same command in another way, which fails in its turn.
        var failed = run.Calls.Concat(run.ExternalCalls)
            .Where(c => c.ExitCode != 0 && c.Words.Take(2).SequenceEqual(step.CommandLine.Split(' ').Take(2))).Select(c => c.ExitCode).ToList();
        var commandExit = run.Struck is [{ Kind: FaultKind.KillCommand }, ..]
            ? Killed
            : step.CommandLine.StartsWith("download", StringComparison.Ordinal)
            ? Partial
            : failed.Append(1).First();
        if (run.ExitCode != commandExit && !failed.Contains(run.ExitCode) && !trial.Baseline.OwnExits.Contains(run.ExitCode))
            yield return string.Create(CultureInfo.InvariantCulture, $"exit {run.ExitCode}, not the command's own {commandExit}");
    }
}
