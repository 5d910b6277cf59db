using System.Collections.Immutable;
using System.Text;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting.Fixes;

/// <summary>
/// Merges the fixes of many findings into one new text: sorted, without overlap, groups whole or not at all.
/// </summary>
internal static class FixMerger
{
    /// <summary>Applies as many fixes as fit together.</summary>
    /// <param name="content">The text that the fixes refer to.</param>
    /// <param name="diagnostics">Findings; those without a fix are passed over.</param>
    /// <param name="allowed">The least safe fixes to apply.</param>
    /// <returns>The new text, and the findings whose fixes are in it.</returns>
    public static MergedFixes Merge(byte[] content, IEnumerable<Diagnostic> diagnostics, FixSafety allowed)
    {
        var accepted = new List<TextEdit>();
        var applied = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var unit in Units(diagnostics))
        {
            if (
                unit.Any(d => d.Fix!.Safety > allowed)
                || EditsOf(unit, content.Length) is not { } edits
                || edits.Any(edit => accepted.Any(other => Collide(edit, other)))
            )
                continue;
            accepted.AddRange(edits);
            applied.AddRange(unit);
        }
        return new MergedFixes(applied.Count == 0 ? content : Apply(content, accepted), applied.ToImmutable());
    }

    /// <summary>Applies edits that do not overlap.</summary>
    public static byte[] Apply(byte[] content, IEnumerable<TextEdit> edits)
    {
        using var result = new MemoryStream(content.Length + 256);
        var position = 0;
        foreach (var edit in edits.OrderBy(e => e.Span.Start).ThenBy(e => e.Span.End))
        {
            result.Write(content, position, edit.Span.Start - position);
            result.Write(Encoding.UTF8.GetBytes(edit.NewText));
            position = edit.Span.End;
        }
        result.Write(content, position, content.Length - position);
        return result.ToArray();
    }

    /// <summary>Findings that are fixed together, in the order of their first edit.</summary>
    private static IEnumerable<ImmutableArray<Diagnostic>> Units(IEnumerable<Diagnostic> diagnostics)
    {
        var single = 0;
        return diagnostics
            .Where(d => d.Fix is { Edits.Length: > 0 })
            .GroupBy(d => d.Fix!.Group ?? $"#{single++}", StringComparer.Ordinal)
            .Select(group => group.ToImmutableArray())
            .OrderBy(unit => unit.Min(d => d.Fix!.Edits.Min(e => e.Span.Start)))
            .ThenBy(unit => unit[0].Id, StringComparer.Ordinal);
    }

    /// <summary>
    /// The edits of a unit; the same edit asked for twice is made once; null when two contradict each other.
    /// </summary>
    private static List<TextEdit>? EditsOf(ImmutableArray<Diagnostic> unit, int length)
    {
        var edits = unit.SelectMany(d => d.Fix!.Edits).Distinct().ToList();
        for (var i = 0; i < edits.Count; i++)
        {
            if (edits[i].Span.Start < 0 || edits[i].Span.End > length)
                return null;
            for (var j = 0; j < i; j++)
            {
                if (Collide(edits[i], edits[j]))
                    return null;
            }
        }
        return edits;
    }

    // Two insertions at one place have no order: the second waits for the next round.
    private static bool Collide(TextEdit a, TextEdit b) =>
        a.Span.Overlaps(b.Span)
        || (a.Span.IsEmpty || b.Span.IsEmpty) && a.Span.Start <= b.Span.End && b.Span.Start <= a.Span.End;
}

/// <summary>What merging gave.</summary>
/// <param name="Content">The new text; the old one when nothing was applied.</param>
/// <param name="Applied">The findings that are fixed in it.</param>
internal sealed record MergedFixes(byte[] Content, ImmutableArray<Diagnostic> Applied);
