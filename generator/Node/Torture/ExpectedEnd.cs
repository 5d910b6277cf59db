namespace VmRecovery.Node.Torture;

/// <summary>The demands on the end of a trial; each is looked at by a rule.</summary>
[Flags]
internal enum ExpectedEnd
{
    None = 0,

    /// <summary>The script fails with the exit code of the command, or its own, and telemetry says so.</summary>
    Failed = 1,

    /// <summary>The script ends as by the scenario's signal.</summary>
    Signalled = 2,

    /// <summary>The VM is as after the baseline, and nothing else is left.</summary>
    Finished = 4,

    /// <summary>The VM is as after the baseline; what a killed run left may lie beside it.</summary>
    FinishedBeside = 8,

    /// <summary>As <see cref="Finished"/>, but the log may stay, and volumes that are named.</summary>
    FinishedAfterKill = 16,

    /// <summary>The script went on without the step.</summary>
    PassedOver = 32,

    /// <summary>No VM, no volume and no file is left.</summary>
    Removed = 64,

    /// <summary>No VM is left.</summary>
    MachineRemoved = 128,

    /// <summary>The VM is there, and the user was told how to remove it.</summary>
    Kept = 256,

    /// <summary>No file, process or mount is left but the log.</summary>
    CleanSystem = 512,

    /// <summary>All that is left on the node is named.</summary>
    Named = 1024,

    /// <summary>All that a killed run left is there, and named by the next one.</summary>
    NamedByNextRun = 2048,

    /// <summary>A VM that is left and locked is named with the command that unlocks it.</summary>
    UnlockNamed = 4096,
}

/// <summary>Says what the end of a trial has to be.</summary>
internal static class ExpectedEnds
{
    /// <summary>The demands on a trial.</summary>
    public static ExpectedEnd Of(Trial trial) => trial.Scenario.Kind switch
    {
        ScenarioKind.Single or ScenarioKind.Late => Single(trial),
        ScenarioKind.Hidden when trial.Scenario.Faults.Count == 0 => ExpectedEnd.Finished,
        ScenarioKind.Hidden when trial.First.Struck.Count == 0 => ExpectedEnd.None,
        ScenarioKind.Hidden => CommandKilled(trial),
        ScenarioKind.Pair => Pair(trial),
        ScenarioKind.Signal => ExpectedEnd.Signalled | (trial.Scenario.Recovery == "keep" ? ExpectedEnd.Kept : ExpectedEnd.Removed),
        ScenarioKind.WorkerInterrupted => ExpectedEnd.Signalled | ExpectedEnd.Removed,
        // A whole script that runs again asks for the next free VMID.
        ScenarioKind.Conflict => trial.Scenario.Recovery == "other-vmid" || (trial.Last.ExitCode == 0 && trial.Baseline.Equals(trial.Last))
            ? ExpectedEnd.Finished
            : ExpectedEnd.Failed | ExpectedEnd.Removed,
        ScenarioKind.Locked => ExpectedEnd.Failed | ExpectedEnd.CleanSystem | ExpectedEnd.Named | ExpectedEnd.UnlockNamed,
        ScenarioKind.KillUnattended => ExpectedEnd.NamedByNextRun | ExpectedEnd.FinishedBeside,
        ScenarioKind.KillAnswered => ExpectedEnd.FinishedAfterKill,
        _ => CommandKilled(trial),
    };

    private static ExpectedEnd Single(Trial trial)
    {
        if (trial.IsPassedOver)
            return ExpectedEnd.PassedOver;
        // The script handled the failure by itself when nothing differs in the end.
        if (trial.Last.ExitCode == 0 && trial.Baseline.Equals(trial.Last))
            return ExpectedEnd.Finished;
        return Choice(trial) switch
        {
            "abort" => ExpectedEnd.Failed | ExpectedEnd.Removed,
            "keep" => ExpectedEnd.Failed | ExpectedEnd.Kept,
            _ => ExpectedEnd.Finished,
        };
    }

    // Nobody could see what it made: a volume that stays has to be named. A VM never stays.
    private static ExpectedEnd CommandKilled(Trial trial)
    {
        if (trial.IsPassedOver)
            return ExpectedEnd.PassedOver;
        if (trial.Last.ExitCode == 0)
            return Choice(trial) == "retry" || trial.Baseline.Equals(trial.Last) ? ExpectedEnd.Finished : ExpectedEnd.Failed;
        return Choice(trial) switch
        {
            "abort" => ExpectedEnd.Failed | ExpectedEnd.CleanSystem | ExpectedEnd.Named | ExpectedEnd.MachineRemoved,
            "keep" => ExpectedEnd.Failed | ExpectedEnd.Named | ExpectedEnd.Kept,
            _ => ExpectedEnd.Finished | ExpectedEnd.Named,
        };
    }

    private static ExpectedEnd Pair(Trial trial)
    {
        var run = trial.Last;
        if (run.ExitCode == 0)
            return run.Struck.Any(f => trial.IsPassedOverAt(run.Steps[f.Step - 1].CommandLine)) ? ExpectedEnd.PassedOver : ExpectedEnd.Finished;
        // A clean-up that failed, or a guest that was typed into: what stays must be named.
        var second = run.Struck.Count > 1 ? run.Steps[run.Struck[1].Step - 1].CommandLine : "";
        var isCleanup = second.StartsWith("qm destroy", StringComparison.Ordinal) || second.StartsWith("pvesm free", StringComparison.Ordinal)
            || second.StartsWith("qm unlock", StringComparison.Ordinal);
        return isCleanup || run.Struck.Any(f => f.Step >= trial.Baseline.FirstKey)
            ? ExpectedEnd.Named | ExpectedEnd.CleanSystem
            : ExpectedEnd.Finished;
    }

    // Typing into a guest cannot be repeated: no retry is offered any more.
    private static string Choice(Trial trial)
    {
        var choice = trial.Scenario.Recovery.Split(',')[0];
        return choice.StartsWith("retry", StringComparison.Ordinal) && trial.Scenario.Step.Number >= trial.Baseline.FirstKey ? "keep" : choice;
    }
}
