using System.Text.RegularExpressions;

namespace VmRecovery.Node.Simulated.Faults;

/// <summary>What goes wrong at a step.</summary>
internal enum FaultKind
{
    /// <summary>The command fails as the real one would: its own text, its own exit code.</summary>
    Fail,

    /// <summary>A signal goes to the script's whole process group, as Ctrl-C does.</summary>
    SignalGroup,

    /// <summary>A signal goes to the script's own process only.</summary>
    SignalScript,

    /// <summary>kill -9 of the whole group while the command is at work.</summary>
    KillGroup,

    /// <summary>kill -9 of the command alone, as the OOM killer does: the script sees 137 and goes on.</summary>
    KillCommand,

    /// <summary>kill -9 of the worker task alone: the command that waits for it ends with 255.</summary>
    KillWorker,

    /// <summary>Ctrl-C at a terminal that the worker task has: the script itself hears nothing.</summary>
    InterruptWorker,

    /// <summary>
    /// The command fails after it did part of its work: a ZFS volume is made, its device is not seen in time; a cloud-init drive is
    /// made and attached, its image is not written.
    /// </summary>
    FailLate,

    /// <summary>A backup locks the VM just before the command.</summary>
    BackupBegins,

    /// <summary>Another admin makes a VM of the wanted id just before the command.</summary>
    ForeignTakesVmId,

    /// <summary>The command fails, and meanwhile another admin has put a VM of their own in place of the one it was for.</summary>
    ForeignReplacesVm,

    /// <summary>The command or dialog works; before the next one another admin has put a VM of their own in place of the script's.</summary>
    ForeignReplacesVmAfter,

    /// <summary>The command waits until it is signalled or the time is over, then goes on.</summary>
    Hold,
}

/// <summary>The signals that end scripts; the values are Linux's numbers.</summary>
internal enum Signal
{
    Hangup = 1,
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
}

/// <summary>Signals as the shell names them.</summary>
internal static class Signals
{
    /// <summary>The signal of that name; INT for any other.</summary>
    public static Signal Named(string name) => name switch { "TERM" => Signal.Terminate, "HUP" => Signal.Hangup, _ => Signal.Interrupt };

    /// <summary>Its name.</summary>
    public static string NameOf(Signal signal) => signal switch { Signal.Hangup => "HUP", Signal.Terminate => "TERM", _ => "INT" };
}

/// <summary>One planned fault: where it strikes and what it does.</summary>
internal sealed record Fault(FaultKind Kind)
{
    /// <summary>Number of the step that is hit, from 1; 0 to go by <see cref="Pattern"/>.</summary>
    public int Step { get; init; }

    /// <summary>Strikes command lines that match; see <see cref="Occurrence"/>.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>Which of the matching command lines, from 1; 0 for every one.</summary>
    public int Occurrence { get; init; } = 1;

    /// <summary>What is printed on stderr in place of the realistic text.</summary>
    public string? Message { get; init; }

    /// <summary>The exit code in place of the realistic one.</summary>
    public int? ExitCode { get; init; }

    /// <summary>How a download fails.</summary>
    public WebFault Web { get; init; } = WebFault.Truncate;

    public Signal Signal { get; init; } = Signal.Interrupt;

    /// <summary>How long a held command waits at most.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the worker task or the child of a killed command goes on.</summary>
    public TimeSpan GoesOn { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A command of that pattern fails.</summary>
    public static Fault Fails(string pattern, int occurrence = 1, string? message = null, int? exitCode = null) => new(FaultKind.Fail)
    {
        Pattern = new Regex(pattern, RegexOptions.CultureInvariant),
        Occurrence = occurrence,
        Message = message,
        ExitCode = exitCode,
    };

    /// <summary>The n-th step of the run is hit.</summary>
    public static Fault AtStep(int step, FaultKind kind, Signal signal = Signal.Interrupt) => new(kind) { Step = step, Signal = signal };
}

/// <summary>A point of a run at which something could go wrong: a node-changing command, a download, a costly step.</summary>
/// <param name="Number">From 1, in the order of the run.</param>
/// <param name="CommandLine">The words, joined with blanks; <c>download URL</c> for a download.</param>
internal sealed record Step(int Number, string CommandLine);
