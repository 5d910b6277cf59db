using System.Globalization;
using System.Text.RegularExpressions;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Torture;

/// <summary>What kind of misfortune a case is; decides what is right afterwards.</summary>
internal enum Misfortune
{
    Single,
    Pair,
    Signal,

    /// <summary>Another admin takes the VMID just before the VM is created.</summary>
    Conflict,

    /// <summary>One command alone is killed, as the OOM killer does.</summary>
    CommandKilled,

    /// <summary>A command fails after it made its volume.</summary>
    Late,

    /// <summary>Killed, then run again without anybody to ask.</summary>
    KillUnattended,

    /// <summary>Killed, then run again by somebody who says yes.</summary>
    KillAnswered,
}

/// <summary>One run to make: where it is disturbed, how, and what VM_RECOVERY says.</summary>
internal sealed partial record TortureCase(Misfortune Kind, Step Step, IReadOnlyList<Fault> Faults, string Recovery)
{
    /// <summary>Where the second fault of a <see cref="Misfortune.Pair"/> strikes.</summary>
    public Step? Second { get; init; }

    /// <summary>The signal of a <see cref="Misfortune.Signal"/>.</summary>
    public Signal Signal => Faults[0].Signal;

    /// <summary>What the report calls the case.</summary>
    public string Name => Kind switch
    {
        Misfortune.Single => string.Create(CultureInfo.InvariantCulture, $"step {Step.Number} fails, {Recovery}"),
        Misfortune.Pair => string.Create(CultureInfo.InvariantCulture, $"steps {Faults[0].Step} and {Faults[1].Step} fail, {Recovery}"),
        Misfortune.Signal => string.Create(
            CultureInfo.InvariantCulture,
            $"{SignalName} at step {Step.Number}{(Faults[0].Kind == FaultKind.SignalScript ? ", script only" : Recovery.Length > 0 ? ", " + Recovery : "")}"),
        Misfortune.Conflict => string.Create(CultureInfo.InvariantCulture, $"VMID taken before step {Step.Number}, {Recovery}"),
        Misfortune.CommandKilled => string.Create(CultureInfo.InvariantCulture, $"step {Step.Number} alone is killed, {Recovery}"),
        Misfortune.Late => string.Create(CultureInfo.InvariantCulture, $"step {Step.Number} fails when its volume is made, {Recovery}"),
        Misfortune.KillUnattended => string.Create(CultureInfo.InvariantCulture, $"kill -9 at step {Step.Number}, run again unattended"),
        _ => string.Create(CultureInfo.InvariantCulture, $"kill -9 at step {Step.Number}, run again and say yes"),
    };

    private string SignalName => Signal switch { Signal.Hangup => "HUP", Signal.Terminate => "TERM", _ => "INT" };

    /// <summary>The first words of the disturbed command, for people.</summary>
    public string Command => Shorten(Step.CommandLine) + (Second is null ? "" : "; " + Shorten(Second.CommandLine));

    /// <summary>All cases but the pairs for a script whose undisturbed run had these steps.</summary>
    public static IReadOnlyList<TortureCase> Plan(IReadOnlyList<Step> steps, TortureOptions options)
    {
        var cases = new List<TortureCase>();
        steps = WithoutAlike(steps);
        foreach (var step in steps)
            foreach (var choice in options.Recovery)
                cases.Add(new TortureCase(Misfortune.Single, step, [Fault.AtStep(step.Number, FaultKind.Fail)], choice));
        if (steps.FirstOrDefault(s => s.CommandLine.StartsWith("qm create ", StringComparison.Ordinal)) is { } create && options.Recovery.Count > 0)
            foreach (var choice in options.Recovery.Append("other-vmid").Distinct())
                cases.Add(new TortureCase(Misfortune.Conflict, create, [Fault.AtStep(create.Number, FaultKind.ForeignTakesVmId)], choice));
        if (options.Signals)
            foreach (var step in steps)
            {
                foreach (var signal in (Signal[])[Signal.Interrupt, Signal.Terminate, Signal.Hangup])
                    cases.Add(new TortureCase(Misfortune.Signal, step, [Fault.AtStep(step.Number, FaultKind.SignalGroup, signal)], ""));
                cases.Add(new TortureCase(
                    Misfortune.Signal, step, [Fault.AtStep(step.Number, FaultKind.SignalScript, Signal.Terminate)], ""));
                cases.Add(new TortureCase(
                    Misfortune.Signal, step, [Fault.AtStep(step.Number, FaultKind.SignalGroup, Signal.Interrupt)], "keep"));
            }
        // Only there does a volume come into being before the command can fail.
        if (options.Kills && options.Storage == StorageKind.ZfsPool)
            foreach (var step in steps.Where(s => MakesVolume().IsMatch(s.CommandLine)))
                foreach (var choice in (string[])["retry", "keep", "abort"])
                    cases.Add(new TortureCase(Misfortune.Late, step, [Fault.AtStep(step.Number, FaultKind.FailLate)], choice));
        if (options.Kills)
            foreach (var step in steps)
                foreach (var choice in LeavesSomething(step) ? (string[])["retry", "keep", "abort"] : ["retry"])
                    cases.Add(new TortureCase(Misfortune.CommandKilled, step, [Fault.AtStep(step.Number, FaultKind.KillCommand)], choice));
        if (options.Kills)
            foreach (var step in steps)
                foreach (var kind in (Misfortune[])[Misfortune.KillUnattended, Misfortune.KillAnswered])
                    cases.Add(new TortureCase(kind, step, [Fault.AtStep(step.Number, FaultKind.KillGroup, Signal.Kill)], ""));
        return cases;
    }

    /// <summary>The retries from which <see cref="Pairs"/> learns what comes after a fault: one for each step.</summary>
    public static IReadOnlyList<TortureCase> Retries(IReadOnlyList<Step> steps) =>
        [.. WithoutAlike(steps).Select(s => new TortureCase(Misfortune.Single, s, [Fault.AtStep(s.Number, FaultKind.Fail)], "retry"))];

    /// <summary>A first fault, and a second one at each step of what followed: the clean-up and the retry.</summary>
    /// <param name="retry">The case with the first fault alone.</param>
    /// <param name="steps">The steps of its whole run.</param>
    public static IEnumerable<TortureCase> Pairs(TortureCase retry, IReadOnlyList<Step> steps) =>
        WithoutAlike([.. steps.Skip(retry.Step.Number)]).Select(second => new TortureCase(
            Misfortune.Pair, retry.Step, [.. retry.Faults, Fault.AtStep(second.Number, FaultKind.Fail)], "retry,retry") { Second = second });

    /// <summary>A line typed into a guest is dozens of keys that are all alike: the first two and the last stand for them.</summary>
    private static List<Step> WithoutAlike(IReadOnlyList<Step> steps)
    {
        var keys = steps.Where(s => s.CommandLine.StartsWith("qm sendkey", StringComparison.Ordinal)).ToList();
        return [.. steps.Except(keys.Skip(2).SkipLast(1))];
    }

    // A killed command leaves something that differs with the choice, or it is as any failure.
    private static bool LeavesSomething(Step step) =>
        step.CommandLine.StartsWith("qm create ", StringComparison.Ordinal) || step.CommandLine.StartsWith("qm start ", StringComparison.Ordinal)
        || MakesVolume().IsMatch(step.CommandLine);

    [GeneratedRegex("^pvesm alloc |^qm (disk )?import|^qm (create|set) .*[a-z0-9]:(cloudinit|[0-9.]+)(,| |$)")]
    private static partial Regex MakesVolume();

    private static string Shorten(string line)
    {
        var first = line.Split('\n')[0];
        return first.Length > 60 ? first[..57] + "..." : first;
    }
}
