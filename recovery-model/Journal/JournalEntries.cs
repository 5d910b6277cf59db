using System;
using System.Collections.Immutable;
using System.Linq;

namespace VmRecovery.Model.Journal;

/// <summary>Everything that a journal says, in its order, and what follows from it.</summary>
/// <param name="Lines">Its lines.</param>
internal sealed record JournalEntries(ImmutableArray<JournalEntry> Lines)
{
    /// <summary>A journal without a line.</summary>
    internal static readonly JournalEntries Empty = new([]);

    /// <summary>Reads a journal.</summary>
    internal static JournalEntries Parse(string text) =>
        new([.. text.Split('\n').Where(l => l.Length > 0).Select(JournalEntry.Parse)]);

    /// <summary>The journal with one line more.</summary>
    internal JournalEntries With(JournalWord word, string value) => new(Lines.Add(JournalEntry.Parse(new JournalEntry(word, value).Print())));

    /// <summary>The journal without these lines.</summary>
    internal JournalEntries Without(Func<JournalEntry, bool> gone) => new([.. Lines.Where(l => !gone(l))]);

    /// <summary>Whether it has this line.</summary>
    internal bool Has(JournalWord word, string value)
    {
        foreach (var line in Lines)
            if (line.Word == word && string.Equals(line.Value, value, StringComparison.Ordinal))
                return true;
        return false;
    }

    /// <summary>The values of one word, newest first, each once.</summary>
    internal ImmutableArray<string> NewestFirst(JournalWord word) =>
        [.. Lines.Reverse().Where(l => l.Word == word).Select(l => l.Value).Distinct()];

    /// <summary>Whether something that was begun did not come to its end, as far as the journal knows.</summary>
    /// <param name="begin">How it began.</param>
    /// <param name="end">How it would have ended.</param>
    /// <param name="value">Which.</param>
    internal bool IsOpen(JournalWord begin, JournalWord end, string value)
    {
        var open = false;
        foreach (var line in Lines)
            if (string.Equals(line.Value, value, StringComparison.Ordinal))
                open = line.Word == begin || open && line.Word != end;
        return open;
    }

    /// <summary>Whether the run made this volume: known by its id, or by the name that the storage gave it.</summary>
    internal bool OwnsVolume(string volume)
    {
        var name = volume[(volume.LastIndexOfAny([':', '/']) + 1)..];
        return Has(JournalWord.Volume, volume) || Has(JournalWord.Name, volume.Split(':', 2)[0] + ":" + name);
    }

    /// <summary>Numbers of the VMs that the run made or was about to make, each once, in its order.</summary>
    internal ImmutableArray<string> Machines =>
        [.. Lines.Where(l => l.Word is JournalWord.Vm or JournalWord.Creating).Select(l => l.Vmid).Distinct()];

    /// <summary>What the journal says of one number.</summary>
    internal MachineRecord Machine(string vmid)
    {
        var record = new MachineRecord(Made: false, Begun: false, Name: "", Identity: "");
        foreach (var line in Lines)
            if (string.Equals(line.Vmid, vmid, StringComparison.Ordinal))
                record = line.Word switch
                {
                    JournalWord.Vm => record with { Made = true, Begun = false },
                    JournalWord.Identity => record with { Identity = line.BehindVmid },
                    JournalWord.Creating => record with { Begun = true, Name = line.BehindVmid },
                    JournalWord.NotCreated => record with { Begun = false },
                    _ => record,
                };
        return record;
    }
}

/// <summary>What a journal says of one VM number.</summary>
/// <param name="Made">A command that made it succeeded.</param>
/// <param name="Begun">A command that makes it began, and did not end as far as the journal knows.</param>
/// <param name="Name">The name that the VM was to get.</param>
/// <param name="Identity">What tells it from a later VM with its number; empty when that is not known.</param>
internal sealed record MachineRecord(bool Made, bool Begun, string Name, string Identity);
