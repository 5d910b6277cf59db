using System.Collections.Immutable;

namespace VmRecovery.Scripts.Linting;

/// <summary>Known findings that are not reported again.</summary>
/// <param name="Entries">The findings, each with its number of occurrences.</param>
internal sealed record Baseline(ImmutableArray<BaselineEntry> Entries)
{
    /// <summary>The baseline without findings.</summary>
    public static readonly Baseline Empty = new(ImmutableArray<BaselineEntry>.Empty);

    /// <summary>Splits findings into known and new ones, and tells which known ones are gone.</summary>
    /// <param name="found">Path, rule and fingerprint of each finding.</param>
    /// <param name="checkedPaths">The files that were checked: findings of others are not gone.</param>
    public BaselineComparison Compare(ImmutableArray<BaselineKey> found, IReadOnlySet<string> checkedPaths)
    {
        var left = Entries.ToDictionary(e => e.Key, e => e.Count);
        var isNew = ImmutableArray.CreateBuilder<bool>(found.Length);
        foreach (var key in found)
        {
            var known = left.TryGetValue(key, out var count) && count > 0;
            if (known)
                left[key] = count - 1;
            isNew.Add(!known);
        }
        return new BaselineComparison(
            isNew.ToImmutable(),
            [
                .. from entry in Entries
                let gone = left[entry.Key]
                where gone > 0 && checkedPaths.Contains(entry.Key.Path)
                select new BaselineEntry(entry.Key, gone),
            ]
        );
    }

    /// <summary>Creates a baseline of all given findings.</summary>
    public static Baseline Of(IEnumerable<BaselineKey> found) =>
        new([
            .. from key in found
            group key by key into same
            orderby same.Key.Path, same.Key.Rule, same.Key.Fingerprint
            select new BaselineEntry(same.Key, same.Count()),
        ]);
}

/// <summary>The identity of a finding in a baseline.</summary>
/// <param name="Path">Path relative to the baseline file.</param>
/// <param name="Rule">Rule id.</param>
/// <param name="Fingerprint">See <see cref="Linting.Fingerprint"/>.</param>
internal sealed record BaselineKey(string Path, string Rule, string Fingerprint);

/// <summary>A known finding and how often it occurs.</summary>
internal sealed record BaselineEntry(BaselineKey Key, int Count);

/// <summary>What comparing gave.</summary>
/// <param name="IsNew">Whether each finding is not in the baseline, in their order.</param>
/// <param name="Gone">Entries that no finding needs any more.</param>
internal sealed record BaselineComparison(ImmutableArray<bool> IsNew, ImmutableArray<BaselineEntry> Gone);
