using VmRecovery.Engine.Effects;
using VmRecovery.Engine.Native;
using VmRecovery.Model.Commands;
using VmRecovery.Model.Journal;
using VmRecovery.Model.Ownership;

namespace VmRecovery.Engine.Calls;

/// <summary>Lines of the journal for the node's own commands: what they are about to make, and what they made.</summary>
/// <param name="journal">The journal.</param>
/// <param name="node">The node.</param>
/// <param name="begun">The file whose date is when the attempt began.</param>
internal sealed class NodeNotes(JournalFile journal, INodeView node, string begun)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Before the command begins: what a kill in between would lose.</summary>
    public void Before(CommandCall call, string directory)
    {
        if (call.Kind == CommandKind.Query)
            return;
        // A configuration that is there already is not this command's.
        if (call.MakesMachine && !node.Configs().Any(c => c.Vmid == call.Vmid))
            journal.Note(JournalWord.Creating, $"{call.Vmid} {NameOf(call)}");
        if (call.MakesMachine || call.Verb is "qm set")
            foreach (var storage in StoragesOf(call))
                journal.Note(JournalWord.Import, $"{storage}:{call.Vmid}");
        if (call.Verb is "pvesm alloc")
            journal.Note(JournalWord.Alloc, $"{call.Storage}:{call.Volume}");
        if (call.Verb is not "qm disk import")
            return;
        journal.Note(JournalWord.Import, $"{call.Storage}:{call.Vmid}");
        NoteWorkFile(WatchedCalls.Absolute(call.Operand(1), directory));
    }

    /// <summary>After it ended.</summary>
    public void After(CommandResult result)
    {
        var call = result.Call;
        if (call.MakesMachine)
            NoteMachine(result);
        // Whose a name is, only the end of the command tells: taken already, never begun, or (ZFS) made and not seen in time.
        if (call.Verb is "pvesm alloc" && !result.WasCutOff)
        {
            journal.Note(JournalWord.AllocEnded, $"{call.Storage}:{call.Volume}");
            if (result.Status == 0 || result.Error.Contains("no zvol device link", StringComparison.Ordinal))
                journal.Note(JournalWord.Name, $"{call.Storage}:{call.Volume}");
        }
        foreach (var volume in result.Volumes)
            journal.Note(JournalWord.Volume, volume);
        if (CommandResult.OnlyStorage(call) is { Length: > 0 } only)
            foreach (var name in result.Names)
                journal.Note(JournalWord.Name, $"{only}:{name}");
        if (result.Status == 0 && (call.MakesMachine || call.Verb is "qm set"))
            foreach (var storage in StoragesOf(call))
                journal.Note(JournalWord.ImportEnded, $"{storage}:{call.Vmid}");
        // Finished and named: nothing is left to guess.
        if (call.Verb is "qm disk import" && result.Volumes.Length > 0)
            journal.Note(JournalWord.ImportEnded, $"{call.Storage}:{call.Vmid}");
        if (call.Verb is "qm template" or "qm disk move" && result.Status == 0)
            NoteVolumesOf(call.Vmid);
    }

    private void NoteMachine(CommandResult result)
    {
        var vmid = result.Call.Vmid;
        if (result.Status == 0)
        {
            var identity = new MachineConfig(node.Config(vmid)).Identity;
            if (identity.Length > 0)
                journal.Note(JournalWord.Identity, $"{vmid} {identity}");
            journal.Note(JournalWord.Vm, vmid);
            if (result.Call.CopiesMachine)
                NoteVolumesOf(vmid);
        }
        else if (!result.WasCutOff && !journal.Entries.Machine(vmid).Begun)
        {
            return;
        }
        else if (!result.WasCutOff && !new MachineConfig(node.Config(vmid)).IsLockedByCreation)
        {
            journal.Note(JournalWord.NotCreated, vmid);
        }
        else
        {
            // Killed, or with its task killed, it leaves the lock that it set, and a task that goes on for a moment.
            for (var waited = TimeSpan.Zero; waited < Patience && node.HasWorker(vmid); waited += Look)
                ProcessTable.Pause(Look);
        }
    }

    /// <summary>A copy takes no volume that was there: all that its configuration names with its number are its own.</summary>
    private void NoteVolumesOf(string vmid)
    {
        if (!journal.Entries.Machine(vmid).Made)
            return;
        foreach (var volume in new MachineConfig(node.Config(vmid)).OwnVolumes(vmid).Where(v => !journal.Entries.OwnsVolume(v)))
            journal.Note(JournalWord.Volume, volume);
    }

    /// <summary>Where the call makes volumes: as it says itself, and for a clone where its source has them.</summary>
    private IEnumerable<string> StoragesOf(CommandCall call)
    {
        if (!call.CopiesMachine)
            return CommandResult.NewDiskStorages(call);
        if (CommandResult.OnlyStorage(call) is { Length: > 0 } only)
            return [only];
        var source = call.Operand(0);
        return new MachineConfig(node.Config(source)).OwnVolumes(source).Select(VolumeName.Storage).Distinct();
    }

    /// <summary>A file between download and import. Not one that was there before the run.</summary>
    private void NoteWorkFile(string path)
    {
        if (FileFacts.Of(ByteText.Path(path)) is { IsFile: true, Born: > 0 } facts
            && !journal.Entries.Has(JournalWord.File, path)
            && FileFacts.Of(begun) is { } begin && facts.Born >= begin.Written)
            journal.Note(JournalWord.Work, path);
    }

    private static string NameOf(CommandCall call) => call.Option("name");
}
