namespace VmRecovery.Model;

/// <summary>What decides which options a user is offered.</summary>
/// <param name="Failure">The failure.</param>
/// <param name="Class">Its class.</param>
/// <param name="RetriesUsed">How often the creation was run again already.</param>
/// <param name="MaxRetries">How often it may be run again (<c>VM_RECOVERY_MAX_RETRIES</c>).</param>
/// <param name="KeysSent">Whether the attempt typed into the guest: that can't be repeated.</param>
/// <param name="FirstBoot">Whether the script can install its software at the guest's first boot instead.</param>
public sealed record Situation(
    Failure Failure,
    [property: BashVariable("_class")] ErrorClass Class,
    [property: BashVariable("_retries_used")] int RetriesUsed,
    [property: BashVariable("_max_retries")] int MaxRetries,
    [property: BashVariable("_keys_sent")] bool KeysSent,
    [property: BashVariable("_first_boot")] bool FirstBoot)
{
    /// <summary>What is known about node and script.</summary>
    public Facts Facts { get; init; } = Facts.Assumed;

    /// <summary>Whether the creation may run again.</summary>
    public bool CanRetry => RetriesUsed < MaxRetries && !KeysSent;
}
