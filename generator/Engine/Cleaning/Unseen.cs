using VmRecovery.Engine.Effects;
using VmRecovery.Model.Journal;
using VmRecovery.Model.Ownership;

namespace VmRecovery.Engine.Cleaning;

/// <summary>
/// Guests that came into being while the command ran and that no shim saw: made by an absolute path, by another node's
/// command, by the API, or by somebody else. They are named and never touched.
/// </summary>
internal sealed class Unseen
{
    private readonly INodeView node;
    private readonly HashSet<string> before;

    /// <summary>Looks before.</summary>
    public Unseen(INodeView node)
    {
        this.node = node;
        before = [.. node.Configs().Select(c => c.Vmid)];
    }

    /// <summary>Looks again, and names what is new and stands in no journal.</summary>
    public void Tell(JournalEntries journal, Action<string> say)
    {
        foreach (var (vmid, text, isHere) in node.Configs().Where(c => !before.Contains(c.Vmid)).DistinctBy(c => c.Vmid))
        {
            var record = journal.Machine(vmid);
            if (record.Made || record.Begun)
                continue;
            var name = new MachineConfig(text).Name is { Length: > 0 } known ? $" ('{known}')" : "";
            say($"VM {vmid}{name} came into being meanwhile, and nothing here saw who made it: it stays. See {(isHere ? "qm" : "pct")} config {vmid}");
        }
    }
}
