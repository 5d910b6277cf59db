using System.Globalization;
using VmRecovery.Node.Simulated.Faults;

namespace VmRecovery.Node.Torture;

/// <summary>The kind of a scenario; decides what is right at its end.</summary>
internal enum ScenarioKind
{
    /// <summary>One step fails.</summary>
    Single,

    /// <summary>Two steps fail: the second one in the clean-up or the retry.</summary>
    Pair,

    /// <summary>A signal at a step.</summary>
    Signal,

    /// <summary>Another admin takes the VMID just before the VM is created.</summary>
    Conflict,

    /// <summary>One command alone is killed, as the OOM killer does.</summary>
    CommandKilled,

    /// <summary>One command alone is killed, and its worker task or child goes on for more than a second.</summary>
    WorkerGoesOn,

    /// <summary>The worker task of a command is killed, and not the command.</summary>
    WorkerKilled,

    /// <summary>Ctrl-C at a terminal that the worker task has.</summary>
    WorkerInterrupted,

    /// <summary>A backup locks the VM just before a step.</summary>
    Locked,

    /// <summary>A command fails after it made its volume.</summary>
    Late,

    /// <summary>A command passes by the wrappers: the script is refused, or right all the same.</summary>
    Hidden,

    /// <summary>Killed, then run again without anybody to ask.</summary>
    KillUnattended,

    /// <summary>Killed, then run again by somebody who says yes.</summary>
    KillAnswered,
}

/// <summary>One run to make: the step that is disturbed, the faults, and the value of VM_RECOVERY.</summary>
internal sealed record Scenario(ScenarioKind Kind, Step Step, IReadOnlyList<Fault> Faults, string Recovery)
{
    /// <summary>The step at which the second fault of a <see cref="ScenarioKind.Pair"/> strikes.</summary>
    public Step? Second { get; init; }

    /// <summary>The script to run in place of the given one, for a <see cref="ScenarioKind.Hidden"/>.</summary>
    public HiddenCommand? Hidden { get; init; }

    /// <summary>The signal of the first fault.</summary>
    public Signal Signal => Faults[0].Signal;

    /// <summary>True when the script is run a second time.</summary>
    public bool RunsTwice => Kind is ScenarioKind.KillUnattended or ScenarioKind.KillAnswered;

    /// <summary>Name of the scenario in reports.</summary>
    public string Name => Kind switch
    {
        ScenarioKind.Single => AtStep($"fails, {Recovery}"),
        ScenarioKind.Pair => string.Create(CultureInfo.InvariantCulture, $"steps {Faults[0].Step} and {Faults[1].Step} fail, {Recovery}"),
        ScenarioKind.Signal => string.Create(
            CultureInfo.InvariantCulture,
            $"{SignalName} at step {Step.Number}{(Faults[0].Kind == FaultKind.SignalScript ? ", script only" : Recovery.Length > 0 ? ", " + Recovery : "")}"),
        ScenarioKind.Conflict => string.Create(CultureInfo.InvariantCulture, $"VMID taken before step {Step.Number}, {Recovery}"),
        ScenarioKind.CommandKilled => AtStep($"alone is killed, {Recovery}"),
        ScenarioKind.WorkerGoesOn => AtStep($"is killed and its work goes on, {Recovery}"),
        ScenarioKind.WorkerKilled => AtStep($"loses its worker, {Recovery}"),
        ScenarioKind.WorkerInterrupted => AtStep("has the terminal at Ctrl-C"),
        ScenarioKind.Locked => AtStep($"meets a backup, {Recovery}"),
        ScenarioKind.Late => AtStep($"fails when its volume is made, {Recovery}"),
        ScenarioKind.Hidden => $"{Hidden!.Disguise} on line {Hidden.Line}, {(Faults.Count == 0 ? "undisturbed" : FaultName)}",
        ScenarioKind.KillUnattended => string.Create(CultureInfo.InvariantCulture, $"kill -9 at step {Step.Number}, run again unattended"),
        _ => string.Create(CultureInfo.InvariantCulture, $"kill -9 at step {Step.Number}, run again and say yes"),
    };

    private string SignalName => Signal switch { Signal.Hangup => "HUP", Signal.Terminate => "TERM", _ => "INT" };

    private string FaultName => Faults[0].Kind == FaultKind.ForeignTakesVmId ? $"VMID taken, {Recovery}" : $"fails, {Recovery}";

    private string AtStep(string what) => string.Create(CultureInfo.InvariantCulture, $"step {Step.Number} {what}");

    /// <summary>The first words of the disturbed command.</summary>
    public string Command => Shorten(Step.CommandLine) + (Second is null ? "" : "; " + Shorten(Second.CommandLine));

    private static string Shorten(string line)
    {
        var first = line.Split('\n')[0];
        return first.Length > 60 ? first[..57] + "..." : first;
    }
}
