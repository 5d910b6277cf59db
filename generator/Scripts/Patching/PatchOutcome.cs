using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Patching;

/// <summary>The fate of one script.</summary>
internal enum PatchStatus
{
    /// <summary>It got, or would get, another text.</summary>
    Patched,

    /// <summary>It is as it should be.</summary>
    Unchanged,

    /// <summary>Its shape is not known, or the result would not be safe; nothing is changed.</summary>
    Refused,

    /// <summary>It can't be read as a bash script.</summary>
    Unreadable,
}

/// <summary>The result for one script, and the reason.</summary>
/// <param name="Status">The fate of the script.</param>
/// <param name="Before">The file as it was.</param>
/// <param name="After">The file as it should be; the same as before unless <see cref="PatchStatus.Patched"/>.</param>
internal sealed record PatchOutcome(PatchStatus Status, ScriptText Before, ScriptText After)
{
    /// <summary>The reason why it is refused or unreadable; null otherwise.</summary>
    public Diagnostic? Refusal { get; init; }

    /// <summary>The regions that a patched script has over the unpatched one, in the order of their lines.</summary>
    public IReadOnlyList<Insertion> Insertions { get; init; } = [];

    /// <summary>Regions of an earlier patch that somebody changed by hand; the new text does not have those changes.</summary>
    public IReadOnlyList<FoundRegion> HandEdits { get; init; } = [];

    /// <summary>Creates the outcome for a script that stays as it is.</summary>
    public static PatchOutcome Unchanged(ScriptText text) => new(PatchStatus.Unchanged, text, text);

    /// <summary>Creates the outcome for a script that can't be patched.</summary>
    public static PatchOutcome Refused(ScriptText text, Diagnostic refusal) =>
        new(PatchStatus.Refused, text, text) { Refusal = refusal };

    /// <summary>Creates the outcome for a file that is no bash script.</summary>
    public static PatchOutcome Unreadable(ScriptText text, Diagnostic refusal) =>
        new(PatchStatus.Unreadable, text, text) { Refusal = refusal };
}
