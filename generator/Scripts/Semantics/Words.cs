using System.Collections.Frozen;

namespace VmRecovery.Scripts.Semantics;

/// <summary>Sets of names written as one text.</summary>
internal static class Words
{
    /// <summary>Returns the words that blanks separate.</summary>
    public static FrozenSet<string> Of(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
