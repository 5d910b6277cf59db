using VmRecovery.Engine.Native;
using VmRecovery.Model.Journal;

namespace VmRecovery.Engine.Effects;

/// <summary>A journal on disk. Each line is written before what it announces begins.</summary>
/// <param name="path">The file.</param>
internal sealed class JournalFile(string path)
{
    /// <summary>What it says.</summary>
    public JournalEntries Entries { get; private set; } = Read(path);

    /// <summary>Writes a line.</summary>
    public void Note(JournalWord word, string value)
    {
        if (value.Length == 0)
            return;
        var line = new JournalEntry(word, value).Print();
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 0);
        file.Write(ByteText.Bytes(line + "\n"));
        Entries = Entries.With(word, value);
    }

    /// <summary>Takes lines out. By way of a second file: a kill in between must not lose the rest.</summary>
    public void Forget(Func<JournalEntry, bool> gone)
    {
        var left = Entries.Without(gone);
        if (left.Lines.Length == Entries.Lines.Length)
            return;
        File.WriteAllBytes(path + ".new", ByteText.Bytes(string.Concat(left.Lines.Select(l => l.Print() + "\n"))));
        File.Move(path + ".new", path, overwrite: true);
        Entries = left;
    }

    private static JournalEntries Read(string path) =>
        File.Exists(path) ? JournalEntries.Parse(ByteText.From(File.ReadAllBytes(path))) : JournalEntries.Empty;
}
