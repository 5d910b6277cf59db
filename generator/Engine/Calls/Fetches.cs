using System.Text.RegularExpressions;
using VmRecovery.Engine.Effects;
using VmRecovery.Engine.Native;
using VmRecovery.Model.Commands;
using VmRecovery.Model.Journal;

namespace VmRecovery.Engine.Calls;

/// <summary>Costly steps, so that a retry need not repeat them: downloads, what is unpacked from them, customized images.</summary>
internal sealed class Fetches(KeptFiles kept, JournalFile journal, RunFolder folder)
{
    private const string Customized = "customized";
    private readonly HashSet<string> fetched = new(StringComparer.Ordinal);
    private string customizing = "";
    private bool customizeAgain;
    private bool reuse;

    /// <summary>Whether something was downloaded, and nothing has used it yet.</summary>
    public bool IsUnused { get; set; }

    /// <summary>An attempt begins.</summary>
    public void Begin()
    {
        fetched.Clear();
        IsUnused = false;
        customizing = "";
        if (customizeAgain)
            kept.Forget(k => k == Customized);
        customizeAgain = false;
        reuse = kept.Find(Customized) is not null;
    }

    /// <summary>Forgets a customized image: it is not what the next attempt needs.</summary>
    public void ForgetCustomized() => kept.Forget(k => k == Customized);

    /// <summary>A download begins. One that was finished in an earlier attempt is used again.</summary>
    public CallPlan Begin(CommandCall call, string directory)
    {
        var fetch = FetchCall.Read(call.Words);
        if (fetch.Target.Length == 0)
            return new CallPlan(Copied.Error);
        var target = WatchedCalls.Absolute(fetch.Target, directory);
        var exists = FileFacts.Of(ByteText.Path(target)) is not null;
        // wget takes another name then.
        if (call.Program is "wget" && fetch.TargetAt == 0 && exists && !call.Words.Any(w => w.StartsWith('-') && w.Contains('O', StringComparison.Ordinal)))
            return new CallPlan(Copied.Error);
        // Asked for once more in the same attempt: what came was not good enough.
        var isFirst = fetched.Add(fetch.Url);
        if (fetch.CanBeKept && isFirst && kept.Find(fetch.Key) is { } file)
        {
            if (!exists)
                journal.Note(JournalWord.File, target);
            IsUnused = true;
            if (KeptFiles.Put(file, target))
                return new CallPlan(Copied.None) { Status = 0 };
        }
        return Fetch(call, fetch, target, exists);
    }

    /// <summary>What comes out of an archive that this run fetched is this run's too.</summary>
    public CallPlan Unpack(CommandCall call, string directory)
    {
        var files = call.Words.Skip(1).Select(w => WatchedCalls.Absolute(w, directory)).Where(f => File.Exists(ByteText.Path(f))).ToList();
        foreach (var file in files.Where(f => Inside(f) is { } inside && journal.Entries.Has(JournalWord.File, f) && !Path.Exists(ByteText.Path(inside))))
            journal.Note(JournalWord.File, Inside(file)!);
        // A download that is kept has a second name, which they refuse without -f. With -c they don't.
        var pipes = call.Words.Any(w => Regex.IsMatch(w, "^(-[^- ]*[cflt][^- ]*|--(stdout|to-stdout|force|test|list))$"));
        var overwrites = files.Any(f => Inside(f) is { } inside && Path.Exists(ByteText.Path(inside)));
        return kept.IsEmpty || pipes || overwrites
            ? new CallPlan(Copied.Error)
            : new CallPlan(Copied.Error) { Words = [.. call.Words.Insert(1, "-f")] };
    }

    /// <summary>An image is about to be changed in place.</summary>
    public CallPlan Change(CommandCall call, string directory)
    {
        kept.PartFrom(call.Words.Skip(1).Select(w => WatchedCalls.Absolute(w, directory)), key => key == Customized && !reuse);
        return new CallPlan(Copied.Error);
    }

    /// <summary>An image is customized. What an earlier attempt finished is not done again: its image takes the place of this one.</summary>
    public CallPlan Customize(CommandCall call, string directory)
    {
        var image = call.Option("a") is { Length: > 0 } word ? word : call.Option("add");
        if (image.Length == 0)
            return new CallPlan(Copied.Error);
        image = WatchedCalls.Absolute(image, directory);
        if (reuse && kept.Find(Customized) is { } done)
        {
            customizing = image;
            if (KeptFiles.Put(done, image))
                return new CallPlan(Copied.None) { Status = 0 };
        }
        // Of two images, the next attempt could not tell which is which.
        customizeAgain |= customizing.Length > 0 && customizing != image;
        customizing = image;
        return Change(call, directory) with
        {
            End = result =>
            {
                customizeAgain |= result.Failed;
                return null;
            },
        };
    }

    /// <summary>Before the customized image goes into the VM: it is kept for the next attempt, or the last one's takes its place.</summary>
    public void KeepCustomized()
    {
        if (customizing.Length == 0 || customizeAgain || !File.Exists(ByteText.Path(customizing)))
            return;
        if (kept.Find(Customized) is not { } done)
            kept.Keep(customizing, Customized);
        else if (reuse)
            KeptFiles.Put(done, customizing);
    }

    private CallPlan Fetch(CommandCall call, FetchCall fetch, string target, bool exists)
    {
        // A cache outlives a kill: half a file must not have a name that the next run takes for the whole.
        var isPart = !exists && fetch.TargetAt > 0 && !target.StartsWith("/tmp/", StringComparison.Ordinal)
            && !target.StartsWith("/var/tmp/", StringComparison.Ordinal) && !target.StartsWith(folder.Scratch + "/", StringComparison.Ordinal);
        var part = isPart ? FormattableString.Invariant($"{target}.part.{Libc.ProcessId()}.{fetched.Count}") : "";
        if (isPart)
            journal.Note(JournalWord.Part, part);
        else if (!exists)
            journal.Note(JournalWord.File, target);
        return new CallPlan(Copied.Error)
        {
            Words = isPart ? [.. call.Words.SetItem(fetch.TargetAt, part)] : null,
            End = result =>
            {
                IsUnused |= result.Status == 0;
                // A part of an image is of no use to anybody, also when the VM is kept.
                if (result.Status != 0 && !exists)
                    journal.Note(JournalWord.Work, isPart ? part : target);
                else if (isPart)
                    return Name(part, target, fetch.Key);
                else if (result.Status == 0 && fetch.CanBeKept && FileFacts.Of(ByteText.Path(target)) is { IsFile: true })
                    kept.Keep(target, fetch.Key);
                return null;
            },
        };
    }

    /// <summary>A whole download gets its name. The name that it had stays for the next attempt.</summary>
    private int? Name(string part, string target, string key)
    {
        if (!File.Exists(ByteText.Path(part)))
            return null;
        if (Libc.Link(ByteText.Path(part), ByteText.Path(target)) == 0)
        {
            journal.Note(JournalWord.File, target);
        }
        else if (FileFacts.Of(ByteText.Path(target)) is null)
        {
            journal.Note(JournalWord.File, target);
            File.Move(ByteText.Path(part), ByteText.Path(target));
            return null;
        }
        // Whoever put a file there in the meantime keeps it.
        kept.Note(part, key);
        return null;
    }

    private static string? Inside(string archive)
    {
        var dot = archive.LastIndexOf('.');
        return dot > archive.LastIndexOf('/') + 1 ? archive[..dot] : null;
    }
}
