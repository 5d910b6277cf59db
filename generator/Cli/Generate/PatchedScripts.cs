using System.Collections.Immutable;
using VmRecovery.Cli.Port;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Patching;

namespace VmRecovery.Cli.Generate;

/// <summary>The scripts of a generation, patched to use the library.</summary>
/// <param name="Files">The patched scripts.</param>
/// <param name="Findings">Scripts that were refused, each with the reason.</param>
internal sealed record PatchedScripts(ImmutableArray<GeneratedFile> Files, ImmutableArray<Diagnostic> Findings)
{
    /// <summary>Patches every script, two at a time.</summary>
    public static async Task<PatchedScripts> PatchAsync(ImmutableArray<SourceFile> scripts, CancellationToken cancellation)
    {
        var outcomes = new PatchOutcome[scripts.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        await Parallel.ForAsync(0, scripts.Length, parallel, async (i, stop) =>
            outcomes[i] = await BashGate.CheckAsync(ScriptPatcher.Patch(new ScriptText(scripts[i].Path, scripts[i].Content)), stop).ConfigureAwait(false))
            .ConfigureAwait(false);
        return new PatchedScripts(
            [.. outcomes.Where(outcome => outcome.Refusal is null).Select(outcome => new GeneratedFile(outcome.Before.Path, outcome.After.Raw, IsExecutable: true))],
            [.. outcomes.Where(outcome => outcome.Refusal is not null).Select(Refused)]);
    }

    /// <summary>A refused script is no fault of the policy: the others are generated all the same.</summary>
    private static Diagnostic Refused(PatchOutcome outcome) => outcome.Refusal! with
    {
        Severity = Severity.Warning,
        Message = $"{outcome.Refusal.Message}; the script is left out",
    };
}
