namespace VmRecovery.Model.Ownership;

/// <summary>What a script asks for that stops or removes something on the node, and whether it gets it.</summary>
/// <param name="IsOurs">Whether this run made the thing.</param>
/// <param name="Exists">Whether the thing is there at all.</param>
/// <param name="UserNamedIt">Whether the thing stands on the command line that the user gave to <c>run</c>.</param>
/// <param name="HasFailed">Whether anything failed in this attempt: it may be an error handler that asks.</param>
/// <param name="Destroys">Whether the thing is gone afterwards, and not only stopped.</param>
internal sealed record RemovalRequest(bool IsOurs, bool Exists, bool UserNamedIt, bool HasFailed, bool Destroys)
{
    /// <summary>
    /// Whether it waits for the end of the attempt: what this run made and an error handler would destroy, the user may
    /// want to keep.
    /// </summary>
    internal bool IsHeldBack => IsOurs && Exists && HasFailed && Destroys;

    /// <summary>Whether the command may run without a question.</summary>
    internal bool IsAllowed => IsOurs || !Exists || UserNamedIt && !HasFailed;
}
