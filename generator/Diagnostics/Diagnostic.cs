using System.Collections.Immutable;

namespace VmRecovery.Diagnostics;

/// <summary>One finding at one place. Policy errors, refused scripts, output checks and lint rules are all of this type.</summary>
/// <param name="Descriptor">The kind of finding.</param>
/// <param name="Location">The place.</param>
/// <param name="Message">One line in lower case without a final stop; quotes the offending text, says what was expected.</param>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, Location Location, string Message)
{
    /// <summary>Identifier of the kind of finding.</summary>
    public string Id => Descriptor.Id;

    /// <summary>Weight of this finding.</summary>
    public Severity Severity { get; init; } = Descriptor.Severity;

    /// <summary>One line on what to do here; null when the message says so.</summary>
    public string? Help { get; init; }

    /// <summary>Other places that explain the finding, in the order to show.</summary>
    public ImmutableArray<RelatedLocation> Related { get; init; } = [];

    /// <summary>A change that removes the finding; null when there is none.</summary>
    public Fix? Fix { get; init; }
}
