using System.Collections.Immutable;

namespace VmRecovery.Model.Journal;

/// <summary>One line of a journal.</summary>
/// <param name="Word">What it says.</param>
/// <param name="Value">About what.</param>
internal sealed record JournalEntry(JournalWord Word, string Value)
{
    private static readonly ImmutableArray<string> Words =
    [
        "unknown", "creating", "not-created", "vm", "identity", "volume", "name", "alloc", "alloc-ended", "import", "import-ended",
        "file", "work", "part", "directory", "temp", "scratch",
    ];

    /// <summary>The number of the VM at the beginning of the value.</summary>
    internal string Vmid => Value.Split(' ', 2)[0];

    /// <summary>Everything behind the number.</summary>
    internal string BehindVmid => Value.Split(' ', 2) is [_, var rest] ? rest : "";

    /// <summary>The storage in <c>storage:name</c> or a volume id.</summary>
    internal string Storage => Value.Split(':', 2)[0];

    /// <summary>What stands behind the storage.</summary>
    internal string BehindStorage => Value.Split(':', 2) is [_, var rest] ? rest : "";

    /// <summary>The line, without its end. A tab or a line end in a value becomes a blank.</summary>
    internal string Print() =>
        Words[(int)Word] + "\t" + Value.Replace('\n', ' ').Replace('\t', ' ');

    /// <summary>Reads a line.</summary>
    internal static JournalEntry Parse(string line)
    {
        var parts = line.Split('\t', 2);
        var word = parts.Length == 2 ? Words.IndexOf(parts[0]) : 0;
        return word > 0 && parts[1].Length > 0
            ? new JournalEntry((JournalWord)word, parts[1])
            : new JournalEntry(JournalWord.Unknown, line);
    }
}
