using System.Globalization;
using System.Text.RegularExpressions;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.Sandbox;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Torture;

/// <summary>What is wrong with the end of one case; nothing when it is as chosen, or as the contract says.</summary>
internal sealed partial class Verdict(string script, NodeSnapshot before, ExecutionResult undisturbed)
{
    private readonly Leftovers leftovers = new(undisturbed);
    private readonly HashSet<int> ownExits = [.. ExitStatement().Matches(script).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];
    private readonly int firstKey = undisturbed.Steps.FirstOrDefault(s => s.CommandLine.StartsWith("qm sendkey", StringComparison.Ordinal))?.Number ?? int.MaxValue;

    /// <summary>Judges one case.</summary>
    public IReadOnlyList<string> Judge(TortureCase torture, IReadOnlyList<ExecutionResult> runs)
    {
        var last = runs[^1];
        var complaints = new List<string>(Comparison.ForeignChanges(before, last.Node));
        if (runs[0].Struck.Count == 0)
            return [.. complaints, "the step was never reached: the script behaves differently each time"];
        complaints.AddRange(torture.Kind switch
        {
            Misfortune.Single => Single(torture, last),
            Misfortune.Pair => Pair(last),
            Misfortune.Signal => Signal(torture, last),
            Misfortune.Conflict => Conflict(torture, last),
            Misfortune.CommandKilled => CommandKilled(torture, last),
            Misfortune.Late => Single(torture, last),
            Misfortune.KillUnattended => KillUnattended(runs[0], last),
            _ => KillAnswered(last),
        });
        complaints.AddRange(Announcements.Complaints(last));
        return complaints;
    }

    private IEnumerable<string> Single(TortureCase torture, ExecutionResult run)
    {
        var choice = torture.Recovery.Split(',')[0];
        // Typing into a guest cannot be repeated: no retry is offered any more.
        if (choice.StartsWith("retry", StringComparison.Ordinal) && torture.Step.Number >= firstKey)
            choice = "keep";
        if (IsPassedOver(torture.Step, run))
            return WithoutStep(run);
        // The script handled the failure by itself when nothing differs in the end.
        if (run.ExitCode == 0 && !Comparison.Differences(undisturbed.Node, run.Node, withContent: true).Any())
            return Finished(run, withContent: true);
        return choice switch
        {
            "abort" => Failed(torture.Step, run).Concat(NothingLeft(run)),
            "keep" => Failed(torture.Step, run).Concat(Kept(run)),
            _ => Finished(run, withContent: true),
        };
    }

    // What it made nobody could see: a volume that stays has to be named. A VM never stays.
    private IEnumerable<string> CommandKilled(TortureCase torture, ExecutionResult run)
    {
        var choice = torture.Step.Number >= firstKey && torture.Recovery == "retry" ? "keep" : torture.Recovery;
        if (IsPassedOver(torture.Step, run))
            return WithoutStep(run);
        if (run.ExitCode == 0)
            return choice == "retry" || !Comparison.Differences(undisturbed.Node, run.Node, withContent: true).Any()
                ? Finished(run, withContent: true)
                : ["the failure passed unnoticed: exit 0"];
        return Failed(torture.Step, run).Concat(leftovers.InSystem(run, failed: true)).Concat(Naming.NotNamed(run, Leftovers.OnNode(run.Node))).Concat(choice switch
        {
            "abort" => run.Node.Machines.Where(m => m.MadeByScript).Select(_ => "the VM is still there"),
            "keep" => Kept(run),
            _ => [string.Create(CultureInfo.InvariantCulture, $"exit {run.ExitCode}, no finished VM")],
        });
    }

    private IEnumerable<string> Pair(ExecutionResult run)
    {
        if (run.ExitCode == 0)
            return run.Struck.Any(f => IsPassedOver(run.Steps[f.Step - 1], run)) ? WithoutStep(run) : Finished(run, withContent: true);
        // A cleanup that failed, or a guest that was typed into: what stays must be named.
        var second = run.Struck.Count > 1 ? run.Steps[run.Struck[1].Step - 1].CommandLine : "";
        var cleanup = second.StartsWith("qm destroy", StringComparison.Ordinal) || second.StartsWith("pvesm free", StringComparison.Ordinal)
            || second.StartsWith("qm unlock", StringComparison.Ordinal);
        var typed = run.Struck.Any(f => f.Step >= firstKey);
        return cleanup || typed
            ? Naming.NotNamed(run, Leftovers.OnNode(run.Node)).Concat(leftovers.InSystem(run, failed: true))
            : [string.Create(CultureInfo.InvariantCulture, $"both retries were spent and the script ended with exit {run.ExitCode}")];
    }

    private IEnumerable<string> Signal(TortureCase torture, ExecutionResult run)
    {
        var expected = 128 + (int)torture.Signal;
        if (run.ExitCode != expected)
            yield return string.Create(CultureInfo.InvariantCulture, $"exit {run.ExitCode}, not {expected}");
        foreach (var complaint in torture.Recovery == "keep" ? Kept(run) : NothingLeft(run))
            yield return complaint;
        if (run.Telemetry.LastOrDefault(t => t.IsTerminal) is { } end && end.Status != "aborted")
            yield return $"telemetry says {end.Status}, not aborted";
    }

    private IEnumerable<string> Conflict(TortureCase torture, ExecutionResult run)
    {
        var taken = int.Parse(torture.Step.CommandLine.Split(' ')[2], CultureInfo.InvariantCulture);
        if (run.Node.Machine(taken) is not { MadeByScript: false, Running: true })
            yield return string.Create(CultureInfo.InvariantCulture, $"somebody else's new VM {taken} was stopped or destroyed");
        foreach (var complaint in torture.Recovery == "other-vmid" ? Finished(run, withContent: true) : Failed(torture.Step, run).Concat(NothingLeft(run)))
            yield return complaint;
    }

    private IEnumerable<string> KillUnattended(ExecutionResult killed, ExecutionResult again)
    {
        var left = Leftovers.OnNode(killed.Node).ToList();
        foreach (var gone in left.Except(Leftovers.OnNode(again.Node)))
            yield return $"the second run removed {gone} of the killed one without being asked";
        foreach (var complaint in Naming.NotNamed(again, left.Concat(leftovers.InSystem(again, failed: true))))
            yield return complaint;
        if (again.ExitCode != 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"the second run ended with exit {again.ExitCode}");
        else
            foreach (var difference in Comparison.Differences(undisturbed.Node, again.Node, withContent: true))
                yield return difference;
    }

    private IEnumerable<string> KillAnswered(ExecutionResult again) => Finished(again, withContent: true, logMayStay: true)
        .Concat(again.Node.Machines.Count(m => m.MadeByScript) > 1 ? ["the killed run's VM is still there"] : [])
        .Concat(Naming.NotNamed(again, again.Node.Volumes
            .Where(v => v.MadeByScript && !again.Node.Machines.Any(m => m.MadeByScript && m.Id == v.Owner)).Select(v => "volume " + v.Id)));

    private IEnumerable<string> Finished(ExecutionResult run, bool withContent, bool logMayStay = false)
    {
        if (run.ExitCode != 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"exit {run.ExitCode}, no finished VM");
            foreach (var left in Leftovers.OnNode(run.Node))
                yield return "left behind: " + left;
            yield break;
        }
        foreach (var difference in Comparison.Differences(undisturbed.Node, run.Node, withContent))
            yield return difference;
        foreach (var left in leftovers.InSystem(run, failed: logMayStay))
            yield return "left behind: " + left;
    }

    // The VM is finished but for what the script goes on without.
    private IEnumerable<string> WithoutStep(ExecutionResult run) =>
        (undisturbed.Node.Machines.First(m => m.MadeByScript).Running == run.Node.Machines.Any(m => m is { MadeByScript: true, Running: true })
            ? Array.Empty<string>()
            : ["the VM does not run"])
        .Concat(leftovers.InSystem(run, failed: false).Select(l => "left behind: " + l));

    private IEnumerable<string> Failed(Step step, ExecutionResult run)
    {
        if (run.ExitCode == 0)
        {
            yield return "the failure passed unnoticed: exit 0";
            yield break;
        }
        // A script may try the same command in another way, which fails in its turn.
        var failed = run.Calls.Concat(run.ExternalCalls)
            .Where(c => c.ExitCode != 0 && c.Words.Take(2).SequenceEqual(step.CommandLine.Split(' ').Take(2))).Select(c => c.ExitCode).ToList();
        var commandExit = run.Struck[0].Kind == FaultKind.KillCommand
            ? 137
            : step.CommandLine.StartsWith("download", StringComparison.Ordinal)
            ? 18
            : failed.Append(1).First();
        if (run.ExitCode != commandExit && !failed.Contains(run.ExitCode) && !ownExits.Contains(run.ExitCode))
            yield return string.Create(CultureInfo.InvariantCulture, $"exit {run.ExitCode}, not the command's own {commandExit}");
        var end = run.Telemetry.LastOrDefault(t => t.IsTerminal);
        if (end is not null && (end.Status != "failed" || end.ExitCode != run.ExitCode))
            yield return string.Create(CultureInfo.InvariantCulture, $"telemetry says {end.Status} {end.ExitCode}, the script ended with {run.ExitCode}");
    }

    private IEnumerable<string> NothingLeft(ExecutionResult run) =>
        Leftovers.OnNode(run.Node).Concat(leftovers.InSystem(run, failed: true)).Select(l => "left behind: " + l);

    private IEnumerable<string> Kept(ExecutionResult run)
    {
        foreach (var left in leftovers.InSystem(run, failed: true))
            yield return "left behind: " + left;
        if (!run.Calls.Any(c => c.ExitCode == 0 && c.CommandLine.StartsWith("qm create", StringComparison.Ordinal)))
            yield break;
        var machine = run.Node.Machines.FirstOrDefault(m => m.MadeByScript);
        if (machine is null)
            yield return "the VM is gone though it was to be kept";
        else if (!run.Output.Contains(string.Create(CultureInfo.InvariantCulture, $"qm destroy {machine.Id}"), StringComparison.Ordinal))
            yield return "nothing says how to remove the kept VM";
    }

    // The script can do without the step, and its user is told so.
    private static bool IsPassedOver(Step step, ExecutionResult run) =>
        run.ExitCode == 0 && step.CommandLine.Split(' ') is var words
        && run.Output.Contains("although this failed: " + string.Join(' ', words.Take(2)), StringComparison.Ordinal);

    [GeneratedRegex(@"\bexit ([1-9][0-9]{0,2})\b")]
    private static partial Regex ExitStatement();
}
