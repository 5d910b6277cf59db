using VmRecovery.Engine.Asking;
using VmRecovery.Engine.Effects;
using VmRecovery.Engine.Native;
using VmRecovery.Model.Commands;
using VmRecovery.Model.Journal;

namespace VmRecovery.Engine.Cleaning;

/// <summary>Runs that were killed leave their journal, those of <c>run</c> and those of patched scripts alike.</summary>
/// <param name="home">Where all runs have their journals.</param>
/// <param name="node">The node.</param>
/// <param name="ask">Who is asked; null when nobody is to be.</param>
/// <param name="say">Tells the user.</param>
internal sealed class DeadRuns(string home, INodeView node, ITerminal? ask, Action<string> say)
{
    private readonly List<string> left = [];

    /// <summary>Shows what each left, and offers to remove exactly that.</summary>
    public void Offer()
    {
        if (!Directory.Exists(home))
            return;
        foreach (var folder in Directory.EnumerateDirectories(home).Order(StringComparer.Ordinal))
            if (RunFolder.IsOwnDirectory(folder) && Path.GetFileName(folder).Split('.') is [var process, var start, ..] && !ProcessTable.Is(process, start))
                Offer(folder);
    }

    private void Offer(string folder)
    {
        if (!File.Exists(folder + "/journal"))
        {
            // Killed before it did anything.
            Directory.Delete(folder, recursive: true);
            return;
        }
        var attempt = File.Exists(folder + "/attempt") ? File.ReadAllText(folder + "/attempt").Split([' ', '\n']) : [];
        if (attempt is [var process, var start, ..] && ProcessTable.Is(process, start))
        {
            say($"An earlier run was killed, and its last command is still at work (process {process}); the next run looks after it.");
            return;
        }
        var journal = new JournalFile(folder + "/journal");
        var belongings = new Belongings(journal, node, folder + "/begun", folder + "/ended", isDead: true);
        say("An earlier run was killed and left:");
        left.Clear();
        NoteCaptures(folder, journal);
        if (!Show(belongings))
        {
            say("  nothing");
            RemoveOwnDirectories(journal);
            Directory.Delete(folder, recursive: true);
            return;
        }
        var text = "An earlier run was killed and left:\n" + string.Join('\n', left);
        if (ask?.Confirm("RECOVERY: an earlier run", "Remove what the killed run left?", IsHalfMade(belongings), text).Reply == Reply.Yes)
            Remove(folder, belongings);
        else
            say($"It is left as it is; its journal is {folder}/journal");
    }

    /// <summary>Default Yes only for what is evidently half made and does not run.</summary>
    private bool IsHalfMade(Belongings belongings) => belongings.Machines.All(m => node.Status(m) is null or "stopped");

    /// <summary>What a killed command had already printed names volumes too.</summary>
    private static void NoteCaptures(string folder, JournalFile journal)
    {
        foreach (var words in Directory.EnumerateFiles(folder, "words.*").Order(StringComparer.Ordinal))
        {
            var process = Path.GetExtension(words);
            var call = ByteText.SplitNul(File.ReadAllBytes(words));
            if (call.Count == 0)
                continue;
            var result = new CommandResult(CommandCall.Read([.. call]), 137, Read($"{folder}/out{process}"), Read($"{folder}/err{process}"));
            foreach (var volume in result.Volumes)
                journal.Note(JournalWord.Volume, volume);
            if (CommandResult.OnlyStorage(result.Call) is { Length: > 0 } storage)
                foreach (var name in result.Names)
                    journal.Note(JournalWord.Name, $"{storage}:{name}");
        }
    }

    private bool Show(Belongings belongings)
    {
        var shown = false;
        foreach (var line in belongings.Journal.Entries.Lines.Distinct().ToList())
            shown |= Show(line, belongings);
        return shown;
    }

    private bool Show(JournalEntry line, Belongings belongings) => line.Word switch
    {
        JournalWord.Vm or JournalWord.Creating => ShowMachine(line, belongings),
        JournalWord.Volume => !belongings.Volume(line.Value).IsAnothers && node.VolumeExists(line.Value) && Tell($"volume {line.Value}"),
        JournalWord.Name => (belongings.Named(line) ?? []).Where(v => !belongings.Volume(v).IsAnothers).ToList() is { Count: > 0 } named
            && named.TrueForAll(v => Tell($"volume {v}")),
        JournalWord.Import => ShowCutOff(line, belongings),
        JournalWord.Alloc => ShowAllocated(line, belongings),
        JournalWord.File or JournalWord.Work or JournalWord.Part =>
            Path.Exists(ByteText.Path(line.Value)) && !belongings.IsGuestsMedium(line.Value) && Tell($"file {line.Value}"),
        JournalWord.Scratch or JournalWord.Temp or JournalWord.Directory => Directory.Exists(ByteText.Path(line.Value)) && Tell($"directory {line.Value}"),
        _ => false,
    };

    private bool ShowMachine(JournalEntry line, Belongings belongings)
    {
        var machine = belongings.Machine(line.Vmid);
        if (machine.IsOurs)
        {
            if (!node.Exists(line.Vmid))
                return false;
            var name = machine.Config.Name.Length > 0 ? $" ('{machine.Config.Name}', {node.Status(line.Vmid)})" : "";
            return Tell($"VM {line.Vmid}{name}");
        }
        if (machine.MayBeOurs)
            Tell($"perhaps VM {line.Vmid} ('{machine.Config.Name}'), which is not touched: see qm config {line.Vmid}");
        return false;
    }

    private bool ShowCutOff(JournalEntry line, Belongings belongings)
    {
        if (belongings.CutOff(line) is not var (ours, perhaps))
        {
            Tell($"perhaps a volume of VM {line.BehindStorage} on {line.Storage}, which does not answer");
            return false;
        }
        foreach (var volume in perhaps)
            Tell($"perhaps volume {volume}, which is not touched: see pvesm list {line.Storage}");
        return ours.Count > 0 && ours.All(v => Tell($"volume {v}"));
    }

    private bool ShowAllocated(JournalEntry line, Belongings belongings)
    {
        if (!belongings.Journal.Entries.IsOpen(JournalWord.Alloc, JournalWord.AllocEnded, line.Value))
            return false;
        var shown = false;
        foreach (var volume in belongings.Named(line) ?? [line.Value])
        {
            var facts = belongings.Volume(volume);
            if (facts.IsOurs)
                shown |= Tell($"volume {volume}");
            else if (facts.MayBeOurs)
                Tell($"perhaps volume {volume}, which is not touched: see pvesm list {line.Storage}");
        }
        return shown;
    }

    /// <summary>Says what is left, once.</summary>
    private bool Tell(string what)
    {
        var text = "  " + RecoveryScreen.Plain(what);
        if (!left.Contains(text))
        {
            left.Add(text);
            say(text);
        }
        return true;
    }

    private void Remove(string folder, Belongings belongings)
    {
        RemoveOwnDirectories(belongings.Journal);
        var cleanUp = new CleanUp(belongings, node, say);
        if (!cleanUp.Run(forRetry: false))
            say("Not everything could be removed; see above.");
        cleanUp.Forget();
        if (belongings.Journal.Entries.Lines.Any(l => l.Word is JournalWord.Vm or JournalWord.Creating or JournalWord.Volume
            or JournalWord.Name or JournalWord.File or JournalWord.Work or JournalWord.Import))
            say($"The journal of what is left is {folder}/journal");
        else
            Directory.Delete(folder, recursive: true);
    }

    private static void RemoveOwnDirectories(JournalFile journal)
    {
        foreach (var line in journal.Entries.Lines.Where(l => l.Word is JournalWord.Scratch or JournalWord.Temp))
            OwnDirectory.Remove(ByteText.Path(line.Value));
    }

    private static string Read(string file) => File.Exists(file) ? ByteText.From(File.ReadAllBytes(file)) : "";
}
