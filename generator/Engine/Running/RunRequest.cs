using System.Collections.Immutable;

namespace VmRecovery.Engine.Running;

/// <summary>What <c>run</c> is asked to do. Text has one character a byte.</summary>
/// <param name="Command">The command and its words.</param>
/// <param name="Log">Where the log goes; null for the usual place.</param>
/// <param name="Recovery">The value of <c>VM_RECOVERY</c>; empty for <c>ask</c>.</param>
/// <param name="Timeout">Seconds after which nobody has answered; 0 for no limit.</param>
/// <param name="MaxRetries">How often the command may run again.</param>
internal sealed record RunRequest(ImmutableArray<string> Command, string? Log, string Recovery, int Timeout, int MaxRetries)
{
    /// <summary>Where all runs have their journals.</summary>
    public string Home { get; init; } = "/run/vm-recovery";
}
