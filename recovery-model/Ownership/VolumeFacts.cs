namespace VmRecovery.Model.Ownership;

/// <summary>What is known of a volume.</summary>
/// <param name="Volume">Its id.</param>
/// <param name="InJournal">Whether the journal knows it by id or name.</param>
/// <param name="NamedByAnother">Whether the configuration of a guest that is not the run's names it.</param>
/// <param name="Owner">The VM whose number stands in its name; null when there is none.</param>
/// <param name="IsNew">Whether it came into being since the attempt began.</param>
/// <param name="MakerWasCutOff">Whether a command that could have made it began and did not end.</param>
/// <param name="RunIsDead">Whether the run that it may belong to is gone: nobody knows how long ago it made it.</param>
internal sealed record VolumeFacts(
    string Volume, bool InJournal, bool NamedByAnother, MachineFacts? Owner, bool IsNew, bool MakerWasCutOff, bool RunIsDead)
{
    /// <summary>
    /// Whether it belongs to a guest that is not the run's: one that names it, whatever number stands in its name, or one
    /// with its number that is just being made or names it.
    /// </summary>
    internal bool IsAnothers =>
        NamedByAnother
        || Owner is { IsOurs: false, Config.Exists: true } && (RunIsDead || Owner.Config.Has("lock: create") || Owner.Config.Names(Volume));

    /// <summary>Whether the run made it, so that it may be freed.</summary>
    internal bool IsOurs => !IsAnothers && (InJournal || MakerWasCutOff && IsNew);

    /// <summary>Whether the run may have made it, so that it is named and not touched.</summary>
    internal bool MayBeOurs => !IsAnothers && !IsOurs && MakerWasCutOff;
}
