using VmRecovery.Engine.Effects;
using VmRecovery.Engine.Native;
using VmRecovery.Model.Journal;

namespace VmRecovery.Engine.Calls;

/// <summary>Files that the next attempt can use again: finished downloads, and images that were customized.</summary>
/// <param name="folder">The run.</param>
/// <param name="journal">Its journal.</param>
internal sealed class KeptFiles(RunFolder folder, JournalFile journal)
{
    private readonly List<KeptFile> files = [];
    private int next;

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => files.Count == 0;

    /// <summary>Gives a file a second name, under which the next attempt finds it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What it is found by.</param>
    public void Keep(string path, string key)
    {
        var kept = FormattableString.Invariant($"{folder.Scratch}/kept.{++next}");
        if (Libc.Link(ByteText.Path(path), kept) != 0)
        {
            // On another file system: beside it.
            kept = FormattableString.Invariant($"{path}.part.{Libc.ProcessId()}.{next}");
            journal.Note(JournalWord.Part, kept);
            if (Libc.Link(ByteText.Path(path), ByteText.Path(kept)) != 0)
                return;
        }
        Note(kept, key);
    }

    /// <summary>Notes a second name that is there already.</summary>
    public void Note(string path, string key)
    {
        if (FileFacts.Of(ByteText.Path(path)) is { } facts)
            files.Add(new KeptFile(key, path, facts.Written));
    }

    /// <summary>The file that was kept; null when there is none, or it was written to since: it is not what was kept.</summary>
    public string? Find(string key) => files.LastOrDefault(f => f.Key == key && f.IsUnchanged)?.Path;

    /// <summary>Forgets files, so that they are not used again.</summary>
    public void Forget(Func<string, bool> key) => files.RemoveAll(f => key(f.Key));

    /// <summary>An image that is about to be changed in place is no download any more: its second name gets a copy.</summary>
    /// <param name="paths">Files that may be changed.</param>
    /// <param name="except">Keys of those that change with it.</param>
    public void PartFrom(IEnumerable<string> paths, Func<string, bool> except)
    {
        var places = paths.Select(p => FileFacts.Of(ByteText.Path(p), follow: true)).Where(f => f is { IsFile: true }).Select(f => f!.Place).ToHashSet();
        if (places.Count == 0)
            return;
        foreach (var kept in files.Where(f => f.IsUnchanged && !except(f.Key)).ToList())
        {
            var path = ByteText.Path(kept.Path);
            if (FileFacts.Of(path) is not { } facts || !places.Contains(facts.Place))
                continue;
            files.Remove(kept);
            File.Copy(path, path + ".copy");
            File.Move(path + ".copy", path, overwrite: true);
            Note(kept.Path, kept.Key);
        }
    }

    /// <summary>Gives what was kept another name: as a second name, or as a copy on another file system.</summary>
    /// <returns>Whether it is there.</returns>
    public static bool Put(string kept, string target)
    {
        var (from, to) = (ByteText.Path(kept), ByteText.Path(target));
        if (FileFacts.Of(from)?.Place == FileFacts.Of(to)?.Place)
            return true;
        try
        {
            File.Delete(to);
            if (Libc.Link(from, to) != 0)
                File.Copy(from, to);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private sealed record KeptFile(string Key, string Path, long Written)
    {
        public bool IsUnchanged => FileFacts.Of(ByteText.Path(Path)) is { IsFile: true } facts && facts.Written == Written;
    }
}
