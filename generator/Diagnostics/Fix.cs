using System.Collections.Immutable;

namespace VmRecovery.Diagnostics;

/// <summary>A change of the text that removes a finding.</summary>
/// <param name="Title">Imperative phrase, such as <c>quote "$VMID"</c>.</param>
/// <param name="Safety">The condition under which it may be applied.</param>
/// <param name="Edits">Replacements in the file of the finding; ordered, without overlap.</param>
public sealed record Fix(string Title, FixSafety Safety, ImmutableArray<TextEdit> Edits)
{
    /// <summary>Fixes of one group are applied together or not at all; null for a fix that stands alone.</summary>
    public string? Group { get; init; }
}
