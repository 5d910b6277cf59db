using System.Collections.Immutable;
using VmRecovery.Engine.Effects;
using VmRecovery.Engine.Native;
using VmRecovery.Model.Journal;
using VmRecovery.Model.Ownership;

namespace VmRecovery.Engine.Cleaning;

/// <summary>What of the node belongs to a run: facts for the policy's predicates.</summary>
/// <param name="journal">The run's journal.</param>
/// <param name="node">The node.</param>
/// <param name="begun">The file whose date is when the last attempt began.</param>
/// <param name="ended">The file whose date is when it ended.</param>
/// <param name="isDead">Whether the run is gone.</param>
internal sealed class Belongings(JournalFile journal, INodeView node, string begun, string ended, bool isDead)
{
    /// <summary>The run's journal.</summary>
    public JournalFile Journal => journal;

    /// <summary>What is known of the VM with this number.</summary>
    public MachineFacts Machine(string vmid)
    {
        var record = journal.Entries.Machine(vmid);
        var config = record.Made || record.Begun ? new MachineConfig(node.Config(vmid)) : ConfigHere(vmid);
        var elsewhere = !config.Exists && node.Configs().Any(c => c.Vmid == vmid);
        return new MachineFacts(vmid, record, config, elsewhere, config.IsLockedByCreation && node.HasWorker(vmid));
    }

    /// <summary>What is known of a volume.</summary>
    public VolumeFacts Volume(string volume)
    {
        var number = VolumeName.NumberOf(volume);
        var named = node.Configs().Any(c => new MachineConfig(c.Text).Names(volume) && !(c.IsHere && Machine(c.Vmid).IsOurs));
        var cutOff = IsOpenImport(volume, number) || IsOpenAllocation(volume);
        return new VolumeFacts(
            volume,
            journal.Entries.OwnsVolume(volume),
            named,
            number.Length > 0 ? Machine(number) : null,
            cutOff && IsNew(volume),
            cutOff,
            isDead);
    }

    /// <summary>The VMs that are the run's.</summary>
    public ImmutableArray<string> Machines => [.. journal.Entries.Machines.Where(m => Machine(m).IsOurs)];

    /// <summary>Whether every volume that any storage reports for this VM is the run's, and every storage could be asked.</summary>
    public bool OwnsAllVolumes(string vmid)
    {
        if (node.Storages() is not { } storages || storages.Any(s => !s.IsActive))
            return false;
        foreach (var storage in storages)
        {
            if (node.Volumes(storage.Name, vmid) is not { } volumes)
                return false;
            if (volumes.Any(v => !journal.Entries.OwnsVolume(v) || Volume(v).IsAnothers))
                return false;
        }
        return true;
    }

    /// <summary>Whether a VM names a volume that would go with it and is not the run's.</summary>
    public bool HoldsForeignVolume(string vmid) =>
        new MachineConfig(node.Config(vmid)).OwnVolumes(vmid).Any(v => !Volume(v).IsOurs);

    /// <summary>The volumes behind a line of the journal that knows a storage and a name.</summary>
    /// <returns>Their ids; null when a storage can't say.</returns>
    public IReadOnlyList<string>? Named(JournalEntry line)
    {
        var number = VolumeName.NumberOf(line.Value);
        if (number.Length == 0)
            return [];
        var storages = line.Storage.Length > 0 ? [line.Storage] : node.Storages()?.Where(s => s.IsActive).Select(s => s.Name).ToArray();
        if (storages is null)
            return null;
        var found = new List<string>();
        foreach (var storage in storages)
        {
            if (node.Volumes(storage, number) is not { } volumes)
                return null;
            found.AddRange(volumes.Where(v => VolumeName.Last(v) == VolumeName.Last(line.Value)));
        }
        return found;
    }

    /// <summary>Volumes that a command which was cut off may have left: those that no configuration of the run names.</summary>
    /// <returns>The ids of those that are the run's, and of those that may be; null when the storage can't say.</returns>
    public (IReadOnlyList<string> Ours, IReadOnlyList<string> Perhaps)? CutOff(JournalEntry line)
    {
        if (!journal.Entries.IsOpen(JournalWord.Import, JournalWord.ImportEnded, line.Value))
            return ([], []);
        if (node.Volumes(line.Storage, line.BehindStorage) is not { } volumes)
            return null;
        var config = new MachineConfig(node.Config(line.BehindStorage));
        var facts = volumes.Where(v => !journal.Entries.OwnsVolume(v) && !config.Names(v)).Select(Volume).ToList();
        return ([.. facts.Where(f => f.IsOurs).Select(f => f.Volume)], [.. facts.Where(f => f.MayBeOurs).Select(f => f.Volume)]);
    }

    /// <summary>Whether a file is an ISO image that a guest of the cluster has in a drive.</summary>
    public bool IsGuestsMedium(string path) =>
        path.Contains("/template/iso/", StringComparison.Ordinal)
        && node.Configs().Any(c => (c.Text + "\n").Contains($":iso/{Path.GetFileName(path)}", StringComparison.Ordinal));

    /// <summary>Whether somebody put a file there since the attempt ended: it has the name of one of ours, and is none.</summary>
    public bool IsAnothersFile(string path) =>
        FileFacts.Of(ByteText.Path(path)) is { IsFile: true, Born: > 0 } facts && FileFacts.Of(ended) is { } end && facts.Born > end.Written;

    private MachineConfig ConfigHere(string vmid) =>
        new(node.Configs().Where(c => c.IsHere && c.Vmid == vmid).Select(c => c.Text).FirstOrDefault(""));

    private bool IsOpenImport(string volume, string number) =>
        number.Length > 0
        && journal.Entries.IsOpen(JournalWord.Import, JournalWord.ImportEnded, $"{VolumeName.Storage(volume)}:{number}");

    private bool IsOpenAllocation(string volume) =>
        journal.Entries.IsOpen(JournalWord.Alloc, JournalWord.AllocEnded, $"{VolumeName.Storage(volume)}:{VolumeName.Last(volume)}");

    /// <summary>When it was written to says nothing: a guest of another cluster that uses the storage too writes all the time.</summary>
    private bool IsNew(string volume) =>
        node.PathOf(volume) is { } path
        && FileFacts.Of(ByteText.Path(path), follow: true) is { Born: > 0 } facts
        && FileFacts.Of(begun) is { } begin
        && facts.Born >= begin.Written;
}
