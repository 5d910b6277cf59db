using VmRecovery.Engine.Effects;
using VmRecovery.Engine.Native;
using VmRecovery.Model.Cleanup;
using VmRecovery.Model.Journal;
using VmRecovery.Model.Ownership;

namespace VmRecovery.Engine.Cleaning;

/// <summary>Removes what a run's journal lists and looks whether it is gone.</summary>
internal sealed class CleanUp(Belongings belongings, INodeView node, Action<string> say)
{
    private readonly JournalNode steps = new(belongings, node, say);
    private readonly List<string> keptConfigs = [];

    private JournalEntries Entries => belongings.Journal.Entries;

    /// <summary>Removes everything, newest first.</summary>
    /// <param name="forRetry">The creation runs again: second names of downloads stay, and directories that are not empty.</param>
    /// <returns>Whether nothing is left.</returns>
    public bool Run(bool forRetry)
    {
        keptConfigs.Clear();
        var isGone = RemoveMachines();
        foreach (var line in Entries.Lines.Reverse().Distinct().ToList())
            isGone &= Remove(line, forRetry);
        foreach (var directory in Entries.NewestFirst(JournalWord.Directory).Where(d => Directory.Exists(ByteText.Path(d))))
            if (forRetry)
                steps.RemoveDirectory(directory);
            else
                isGone &= Steps.RemoveDirectory(steps, directory);
        return isGone;
    }

    /// <summary>Removes files between download and import, which nobody needs when the VM is kept.</summary>
    public void RemoveWorkFiles()
    {
        foreach (var file in Entries.NewestFirst(JournalWord.Work))
            RemoveFile(file);
    }

    /// <summary>
    /// Forgets what is gone: its numbers and names are free again, and the next one who takes them may be somebody else.
    /// What could not be removed stays in the journal.
    /// </summary>
    public void Forget()
    {
        var gone = Entries.Lines.Where(IsGone).ToHashSet();
        belongings.Journal.Forget(gone.Contains);
    }

    private bool RemoveMachines()
    {
        var isGone = true;
        foreach (var vmid in Entries.Machines)
        {
            var machine = belongings.Machine(vmid);
            if (!machine.IsOurs)
            {
                if (machine.Record.Made && node.Exists(vmid))
                    say($"VM {vmid} is not the one that this run made: it stays.");
                continue;
            }
            if (Steps.RemoveVm(steps, vmid))
                continue;
            isGone = false;
            keptConfigs.Add(node.Config(vmid));
        }
        return isGone;
    }

    private bool Remove(JournalEntry line, bool forRetry) => line.Word switch
    {
        JournalWord.Volume => Free(line.Value),
        JournalWord.Name => RemoveNamed(line),
        JournalWord.Import => RemoveCutOff(line),
        JournalWord.Alloc => RemoveAllocated(line),
        JournalWord.File or JournalWord.Work => RemoveFile(line.Value),
        JournalWord.Part => forRetry || Steps.RemoveFile(steps, line.Value),
        JournalWord.Temp or JournalWord.Scratch => true,
        _ => true,
    };

    private bool Free(string volume)
    {
        // A VM that could not be removed, because it is protected or can't be stopped, keeps its disks.
        if (keptConfigs.Any(c => new MachineConfig(c).Names(volume)))
            return false;
        if (belongings.Volume(volume).IsAnothers)
        {
            say($"Volume {volume} belongs to another VM now: it stays.");
            return true;
        }
        return Steps.RemoveVolume(steps, volume);
    }

    private bool RemoveNamed(JournalEntry line)
    {
        if (belongings.Named(line) is { } volumes)
            return volumes.Aggregate(true, (gone, volume) => Free(volume) && gone);
        steps.Leftover($"perhaps a volume {line.BehindStorage}, a storage did not answer", $"pvesm free STORAGE:{line.BehindStorage}");
        return false;
    }

    private bool RemoveCutOff(JournalEntry line)
    {
        if (!Entries.IsOpen(JournalWord.Import, JournalWord.ImportEnded, line.Value) || node.Exists(line.BehindStorage))
            return true;
        if (belongings.CutOff(line) is not var (ours, perhaps))
        {
            steps.Leftover(
                $"perhaps a volume of VM {line.BehindStorage} on {line.Storage}, which did not answer",
                $"pvesm list {line.Storage} --vmid {line.BehindStorage}, then pvesm free VOLUME");
            return false;
        }
        foreach (var volume in perhaps)
            steps.Leftover($"volume {volume}", $"pvesm free {volume}");
        return ours.Aggregate(perhaps.Count == 0, (gone, volume) => Free(volume) && gone);
    }

    /// <summary>Whether an allocation that was cut off made its volume or found it there, nobody saw.</summary>
    private bool RemoveAllocated(JournalEntry line)
    {
        if (!Entries.IsOpen(JournalWord.Alloc, JournalWord.AllocEnded, line.Value))
            return true;
        var isGone = true;
        foreach (var volume in belongings.Named(line) ?? [line.Value])
        {
            if (belongings.Volume(volume).IsOurs)
            {
                isGone &= Free(volume);
                continue;
            }
            steps.Leftover($"perhaps volume {volume}", $"pvesm free {volume}");
            isGone = false;
        }
        return isGone;
    }

    private bool RemoveFile(string path)
    {
        if (belongings.IsGuestsMedium(path))
            say($"File {path} is in a drive of a guest: it stays.");
        else if (belongings.IsAnothersFile(path))
            say($"File {path} was put there by somebody else: it stays.");
        else
            return Steps.RemoveFile(steps, path);
        return true;
    }

    private bool IsGone(JournalEntry line) => line.Word switch
    {
        JournalWord.Vm or JournalWord.Creating or JournalWord.NotCreated or JournalWord.Identity =>
            !(belongings.Machine(line.Vmid).IsOurs && node.Exists(line.Vmid)),
        JournalWord.Volume => belongings.Volume(line.Value).IsAnothers || !node.VolumeExists(line.Value),
        JournalWord.Name => belongings.Named(line) is { } named && named.All(v => belongings.Volume(v).IsAnothers),
        JournalWord.Import => belongings.CutOff(line) is ({ Count: 0 }, { Count: 0 }),
        JournalWord.Alloc or JournalWord.AllocEnded or JournalWord.ImportEnded => true,
        JournalWord.File or JournalWord.Work =>
            !steps.PathExists(line.Value) || belongings.IsGuestsMedium(line.Value) || belongings.IsAnothersFile(line.Value),
        _ => false,
    };
}
