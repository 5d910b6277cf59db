using System;
using VmRecovery.Model.Journal;

namespace VmRecovery.Model.Ownership;

/// <summary>What is known of the VM that has a number now.</summary>
/// <param name="Vmid">The number.</param>
/// <param name="Record">What the journal says of it.</param>
/// <param name="Config">Its configuration on this node.</param>
/// <param name="IsElsewhere">Whether a guest of another kind or on another node has the number.</param>
/// <param name="HasWorker">Whether a task that makes or restores it is at work.</param>
internal sealed record MachineFacts(string Vmid, MachineRecord Record, MachineConfig Config, bool IsElsewhere, bool HasWorker)
{
    /// <summary>
    /// Whether it is the one that the run made: by a command that succeeded, or by one that was cut off and whose lock is
    /// all there is; and in both cases with the identity that was noted or, where none is known, the name. On another node
    /// it is no longer in the run's hands.
    /// </summary>
    internal bool IsOurs
    {
        get
        {
            if (!Record.Made && !IsCutOff)
                return false;
            if (!Config.Exists)
                return !IsElsewhere;
            if (Record.Identity.Length > 0)
                return string.Equals(Config.Identity, Record.Identity, StringComparison.Ordinal);
            return string.Equals(Config.Name, Record.Name, StringComparison.Ordinal) || Record.Begun && Config.Name.Length == 0;
        }
    }

    /// <summary>Whether its making was cut off before the configuration was written, with nobody at work on it.</summary>
    internal bool IsCutOff => Record.Begun && Config.IsLockedByCreation && !HasWorker;

    /// <summary>Whether the command that makes it may have ended after a kill, with nobody there to note that.</summary>
    internal bool MayBeOurs => Record.Begun && !IsOurs && Config.Exists && string.Equals(Config.Name, Record.Name, StringComparison.Ordinal);
}
