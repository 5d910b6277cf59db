using System.Collections.Immutable;

namespace VmRecovery.Diagnostics;

/// <summary>Input that can't be used, with the diagnostics that say why. Commands print them and exit with 2.</summary>
public sealed class DiagnosticException(params ImmutableArray<Diagnostic> diagnostics)
    : Exception("the input has errors")
{
    /// <summary>The diagnostics, in the order to show.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;
}
