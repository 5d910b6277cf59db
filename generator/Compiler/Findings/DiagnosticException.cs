using System.Collections.Immutable;

namespace VmRecovery.Compiler.Findings;

/// <summary>Input that cannot be used, with the places that are wrong. The command prints them and exits with 2.</summary>
internal sealed class DiagnosticException(params ImmutableArray<Diagnostic> diagnostics) : Exception("the input has errors")
{
    /// <summary>What is wrong, in the order to show.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;
}
