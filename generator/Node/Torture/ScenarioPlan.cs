using System.Text.RegularExpressions;
using VmRecovery.Node.Simulated;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Torture;

/// <summary>The scenarios for a script whose baseline had certain steps.</summary>
internal static partial class ScenarioPlan
{
    private static readonly string[] Choices = ["retry", "keep", "abort"];

    /// <summary>Longer than any look at the node, shorter than anybody waits.</summary>
    private static readonly TimeSpan LongWork = TimeSpan.FromSeconds(1.5);

    /// <summary>All scenarios that a request asks for, but for the pairs and the hidden commands.</summary>
    public static IReadOnlyList<Scenario> Of(IReadOnlyList<Step> all, TortureRequest request)
    {
        var steps = WithoutAlike(all);
        IEnumerable<Scenario> scenarios = [.. Singles(steps, request.Recovery), .. Conflicts(steps, request.Recovery)];
        if (request.Signals)
            scenarios = scenarios.Concat(Signals(steps));
        if (request.Kills)
            scenarios = scenarios.Concat(Late(steps, request.Storage)).Concat(CommandsKilled(steps)).Concat(Kills(steps));
        if (request.Workers)
            scenarios = scenarios.Concat(Workers(steps));
        return [.. scenarios];
    }

    /// <summary>The retries from which <see cref="Pairs"/> learns what comes after a fault: one for each step.</summary>
    public static IReadOnlyList<Scenario> Retries(IReadOnlyList<Step> steps) => [.. Singles(WithoutAlike(steps), ["retry"])];

    /// <summary>A first fault, and a second one at each step of what followed: the clean-up and the retry.</summary>
    /// <param name="retry">The scenario with the first fault alone.</param>
    /// <param name="steps">The steps of its whole run.</param>
    public static IEnumerable<Scenario> Pairs(Scenario retry, IReadOnlyList<Step> steps) =>
        WithoutAlike([.. steps.Skip(retry.Step.Number)]).Select(second => new Scenario(
            ScenarioKind.Pair, retry.Step, [.. retry.Faults, Fault.AtStep(second.Number, FaultKind.Fail)], "retry,retry") { Second = second });

    /// <summary>The step that creates the VM; null when none does.</summary>
    public static Step? Creation(IReadOnlyList<Step> steps) =>
        steps.FirstOrDefault(s => s.CommandLine.StartsWith("qm create ", StringComparison.Ordinal));

    private static IEnumerable<Scenario> Singles(IReadOnlyList<Step> steps, IReadOnlyList<string> choices) =>
        EachChoice(ScenarioKind.Single, steps, FaultKind.Fail, choices);

    private static IEnumerable<Scenario> Conflicts(IReadOnlyList<Step> steps, IReadOnlyList<string> choices) =>
        Creation(steps) is { } create && choices.Count > 0
            ? EachChoice(ScenarioKind.Conflict, [create], FaultKind.ForeignTakesVmId, [.. choices.Append("other-vmid").Distinct()])
            : [];

    private static IEnumerable<Scenario> Signals(IReadOnlyList<Step> steps)
    {
        foreach (var step in steps)
        {
            foreach (var signal in (Signal[])[Signal.Interrupt, Signal.Terminate, Signal.Hangup])
                yield return new Scenario(ScenarioKind.Signal, step, [Fault.AtStep(step.Number, FaultKind.SignalGroup, signal)], "");
            yield return new Scenario(ScenarioKind.Signal, step, [Fault.AtStep(step.Number, FaultKind.SignalScript, Signal.Terminate)], "");
            yield return new Scenario(ScenarioKind.Signal, step, [Fault.AtStep(step.Number, FaultKind.SignalGroup, Signal.Interrupt)], "keep");
        }
    }

    // Only on ZFS does a volume come into being before the command can fail; a cloud-init drive does everywhere.
    private static IEnumerable<Scenario> Late(IReadOnlyList<Step> steps, StorageKind storage) => EachChoice(
        ScenarioKind.Late,
        [.. steps.Where(s => storage == StorageKind.ZfsPool ? MakesVolume().IsMatch(s.CommandLine) : SetsCloudInit().IsMatch(s.CommandLine))],
        FaultKind.FailLate,
        Choices);

    private static IEnumerable<Scenario> CommandsKilled(IReadOnlyList<Step> steps) => steps.SelectMany(s =>
        EachChoice(ScenarioKind.CommandKilled, [s], FaultKind.KillCommand, LeavesSomething(s) ? Choices : ["retry"]));

    private static IEnumerable<Scenario> Kills(IReadOnlyList<Step> steps)
    {
        foreach (var step in steps)
        {
            foreach (var kind in (ScenarioKind[])[ScenarioKind.KillUnattended, ScenarioKind.KillAnswered])
                yield return new Scenario(kind, step, [Fault.AtStep(step.Number, FaultKind.KillGroup, Signal.Kill)], "");
        }
    }

    private static IEnumerable<Scenario> Workers(IReadOnlyList<Step> steps)
    {
        foreach (var step in steps.Where(s => LeavesSomething(s) || HasWorker(s)))
        {
            foreach (var choice in Choices)
            {
                var fault = Fault.AtStep(step.Number, FaultKind.KillCommand) with { GoesOn = LongWork };
                yield return new Scenario(ScenarioKind.WorkerGoesOn, step, [fault], choice);
            }
        }
        var workers = steps.Where(HasWorker).ToList();
        foreach (var scenario in EachChoice(ScenarioKind.WorkerKilled, workers, FaultKind.KillWorker, Choices))
            yield return scenario;
        foreach (var scenario in EachChoice(ScenarioKind.WorkerInterrupted, workers, FaultKind.InterruptWorker, [""]))
            yield return scenario;
        var create = Creation(steps)?.Number ?? int.MaxValue;
        var afterCreate = steps.Where(s => s.Number > create && s.CommandLine.StartsWith("qm ", StringComparison.Ordinal) && !s.CommandLine.Contains("sendkey", StringComparison.Ordinal));
        foreach (var scenario in EachChoice(ScenarioKind.Locked, [.. afterCreate], FaultKind.BackupBegins, Choices))
            yield return scenario;
    }

    private static IEnumerable<Scenario> EachChoice(ScenarioKind kind, IReadOnlyList<Step> steps, FaultKind fault, IReadOnlyList<string> choices) =>
        steps.SelectMany(s => choices.Select(c => new Scenario(kind, s, [Fault.AtStep(s.Number, fault)], c)));

    /// <summary>A line typed into a guest is dozens of keys that are all alike: the first two and the last stand for them.</summary>
    private static List<Step> WithoutAlike(IReadOnlyList<Step> steps)
    {
        var keys = steps.Where(s => s.CommandLine.StartsWith("qm sendkey", StringComparison.Ordinal)).ToList();
        return [.. steps.Except(keys.Skip(2).SkipLast(1))];
    }

    private static bool HasWorker(Step step) => KilledWorker.HasWorker(step.CommandLine.Split(' '));

    // A killed command leaves something that differs with the choice, or it is as any failure.
    private static bool LeavesSomething(Step step) =>
        step.CommandLine.StartsWith("qm create ", StringComparison.Ordinal) || step.CommandLine.StartsWith("qm start ", StringComparison.Ordinal)
        || MakesVolume().IsMatch(step.CommandLine);

    [GeneratedRegex("^pvesm alloc |^qm (disk )?import|^qm (create|set) .*[a-z0-9]:(cloudinit|[0-9.]+)(,| |$)")]
    private static partial Regex MakesVolume();

    [GeneratedRegex("^qm set .*[a-z0-9]:cloudinit(,| |$)")]
    private static partial Regex SetsCloudInit();
}
