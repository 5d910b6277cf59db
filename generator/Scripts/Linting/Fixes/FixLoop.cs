using System.Collections.Immutable;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting.Fixes;

/// <summary>Applies fixes, reads the result again and goes on until nothing is left to apply.</summary>
internal static class FixLoop
{
    /// <summary>Rounds after which a script that still changes is given up: two rules undo each other.</summary>
    public const int MaxRounds = 12;

    /// <summary>Fixes a script.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="lint">Finds what there is to fix in a text; syntax errors have the id <see
    /// cref="MetaRules.SyntaxErrorId"/>.</param>
    /// <param name="allowed">The least safe fixes to apply.</param>
    public static FixOutcome Run(byte[] content, Func<byte[], ImmutableArray<Diagnostic>> lint, FixSafety allowed)
    {
        var applied = ImmutableArray.CreateBuilder<Diagnostic>();
        var rejected = ImmutableArray.CreateBuilder<Diagnostic>();
        var refused = new HashSet<string>(StringComparer.Ordinal);
        var current = content;
        var found = lint(current);
        for (var round = 0; round < MaxRounds; round++)
        {
            var candidates = found.Where(d => !refused.Contains(Key(d)));
            var merged = FixMerger.Merge(current, candidates, allowed);
            if (merged.Applied.IsEmpty)
                return new FixOutcome(current, applied.ToImmutable(), rejected.ToImmutable(), ReachedFixedPoint: true);
            var next = lint(merged.Content);
            if (SyntaxErrors(next) <= SyntaxErrors(found))
            {
                (current, found) = (merged.Content, next);
                applied.AddRange(merged.Applied);
                continue;
            }
            // One of them breaks the script: none of this round is applied, and each is tried alone.
            foreach (var diagnostic in merged.Applied)
            {
                var alone = FixMerger.Merge(current, SameUnit(merged.Applied, diagnostic), allowed);
                if (SyntaxErrors(lint(alone.Content)) <= SyntaxErrors(found))
                    continue;
                rejected.Add(diagnostic);
                refused.Add(Key(diagnostic));
            }
            if (rejected.Count == 0)
                return new FixOutcome(current, applied.ToImmutable(), merged.Applied, ReachedFixedPoint: false);
        }
        return new FixOutcome(current, applied.ToImmutable(), rejected.ToImmutable(), ReachedFixedPoint: false);
    }

    private static IEnumerable<Diagnostic> SameUnit(ImmutableArray<Diagnostic> all, Diagnostic diagnostic) =>
        diagnostic.Fix!.Group is { } group ? all.Where(d => d.Fix!.Group == group) : [diagnostic];

    private static int SyntaxErrors(ImmutableArray<Diagnostic> found) =>
        found.Count(d => d.Id == MetaRules.SyntaxErrorId);

    private static string Key(Diagnostic d) => $"{d.Id}:{d.Message}:{d.Fix?.Edits.FirstOrDefault()?.NewText}";
}

/// <summary>What fixing gave.</summary>
/// <param name="Content">The new text.</param>
/// <param name="Applied">The findings that were fixed, in the order of the rounds.</param>
/// <param name="Rejected">Findings whose fix would have broken the script; they are not in the text.</param>
/// <param name="ReachedFixedPoint">Whether a second run would change nothing.</param>
internal sealed record FixOutcome(
    byte[] Content,
    ImmutableArray<Diagnostic> Applied,
    ImmutableArray<Diagnostic> Rejected,
    bool ReachedFixedPoint
);
