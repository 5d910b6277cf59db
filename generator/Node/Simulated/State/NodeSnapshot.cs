namespace VmRecovery.Node.Simulated.State;

/// <summary>The node's VMs and volumes at one moment; nothing in it changes any more.</summary>
internal sealed record NodeSnapshot(IReadOnlyList<MachineSnapshot> Machines, IReadOnlyList<VolumeSnapshot> Volumes)
{
    public static NodeSnapshot Of(NodeState node) => new(
        [.. node.Machines.Values.Select(m => new MachineSnapshot(
            m.Id, m.MadeByScript, m.Running, new SortedDictionary<string, string>(m.Wanted.ToDictionary(), StringComparer.Ordinal), [.. m.TypedLines]))],
        [.. node.Volumes.OrderBy(v => v.Id, StringComparer.Ordinal)
            .Select(v => new VolumeSnapshot(v.Id, v.Owner, v.Bytes, v.Written, v.MadeByScript))]);

    public MachineSnapshot? Machine(int id) => Machines.FirstOrDefault(m => m.Id == id);
}

/// <summary>One VM of a <see cref="NodeSnapshot"/>.</summary>
internal sealed record MachineSnapshot(
    int Id, bool MadeByScript, bool Running, IReadOnlyDictionary<string, string> Config, IReadOnlyList<string> TypedLines);

/// <summary>One volume of a <see cref="NodeSnapshot"/>; sizes in bytes.</summary>
internal sealed record VolumeSnapshot(string Id, int Owner, long Bytes, string Written, bool MadeByScript);
