using System;
using System.Collections.Immutable;

namespace VmRecovery.Model.Commands;

/// <summary>A verb of <c>qm</c> or <c>pvesm</c>: what it does, and where its operands stand.</summary>
/// <param name="Spelling">Program and verb as written.</param>
/// <param name="Name">The verb's one name for all of its spellings.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Vmid">Which operand is the number of the VM that it is about, from 0; -1 for none.</param>
/// <param name="Storage">Which operand is a storage; -1 for none.</param>
/// <param name="Size">Which operand is a size; -1 for none.</param>
/// <param name="Volume">Which operand is the name of a volume to make, or a volume id; -1 for none.</param>
internal sealed record NodeVerb(
    string Spelling, string Name, CommandKind Kind, int Vmid = -1, int Storage = -1, int Size = -1, int Volume = -1)
{
    /// <summary>Every verb that recovery knows. One that is missing here counts as changing something.</summary>
    internal static readonly ImmutableArray<NodeVerb> All =
    [
        new("qm create", "qm create", CommandKind.Makes, Vmid: 0),
        new("qm clone", "qm clone", CommandKind.Makes, Vmid: 1),
        new("qm importovf", "qm importovf", CommandKind.Makes, Vmid: 0, Storage: 2),
        new("qmrestore", "qmrestore", CommandKind.Makes, Vmid: 1),
        new("qm importdisk", "qm disk import", CommandKind.Makes, Vmid: 0, Storage: 2),
        new("qm disk import", "qm disk import", CommandKind.Makes, Vmid: 0, Storage: 2),
        new("qm set", "qm set", CommandKind.Changes, Vmid: 0),
        new("qm resize", "qm disk resize", CommandKind.Changes, Vmid: 0, Size: 2),
        new("qm disk resize", "qm disk resize", CommandKind.Changes, Vmid: 0, Size: 2),
        new("qm move_disk", "qm disk move", CommandKind.Changes, Vmid: 0, Storage: 2),
        new("qm move-disk", "qm disk move", CommandKind.Changes, Vmid: 0, Storage: 2),
        new("qm disk move", "qm disk move", CommandKind.Changes, Vmid: 0, Storage: 2),
        new("qm disk rescan", "qm disk rescan", CommandKind.Changes),
        new("qm rescan", "qm disk rescan", CommandKind.Changes),
        new("qm disk unlink", "qm disk unlink", CommandKind.Changes, Vmid: 0),
        new("qm unlink", "qm disk unlink", CommandKind.Changes, Vmid: 0),
        new("qm template", "qm template", CommandKind.Changes, Vmid: 0),
        new("qm start", "qm start", CommandKind.Changes, Vmid: 0),
        new("qm reboot", "qm reboot", CommandKind.Changes, Vmid: 0),
        new("qm reset", "qm reset", CommandKind.Changes, Vmid: 0),
        new("qm unlock", "qm unlock", CommandKind.Changes, Vmid: 0),
        new("qm sendkey", "qm sendkey", CommandKind.Changes, Vmid: 0),
        new("qm terminal", "qm terminal", CommandKind.Changes, Vmid: 0),
        new("qm monitor", "qm monitor", CommandKind.Changes, Vmid: 0),
        new("qm cloudinit update", "qm cloudinit update", CommandKind.Changes, Vmid: 0),
        new("qm cloudinit dump", "qm cloudinit dump", CommandKind.Query, Vmid: 0),
        new("qm cloudinit pending", "qm cloudinit pending", CommandKind.Query, Vmid: 0),
        new("qm stop", "qm stop", CommandKind.Removes, Vmid: 0),
        new("qm shutdown", "qm shutdown", CommandKind.Removes, Vmid: 0),
        new("qm destroy", "qm destroy", CommandKind.Removes, Vmid: 0),
        new("qm status", "qm status", CommandKind.Query, Vmid: 0),
        new("qm list", "qm list", CommandKind.Query),
        new("qm help", "qm help", CommandKind.Query),
        new("qm config", "qm config", CommandKind.Query, Vmid: 0),
        new("qm guest cmd", "qm guest cmd", CommandKind.Query, Vmid: 0),
        new("qm guest exec", "qm guest exec", CommandKind.Query, Vmid: 0),
        new("qm guest passwd", "qm guest passwd", CommandKind.Query, Vmid: 0),
        new("qm agent", "qm agent", CommandKind.Query, Vmid: 0),
        new("qm showcmd", "qm showcmd", CommandKind.Query, Vmid: 0),
        new("qm pending", "qm pending", CommandKind.Query, Vmid: 0),
        new("pvesm alloc", "pvesm alloc", CommandKind.Makes, Vmid: 1, Storage: 0, Size: 3, Volume: 2),
        new("pvesm free", "pvesm free", CommandKind.Removes, Volume: 0),
        new("pvesm status", "pvesm status", CommandKind.Query),
        new("pvesm list", "pvesm list", CommandKind.Query, Storage: 0),
        new("pvesm path", "pvesm path", CommandKind.Query, Volume: 0),
        new("pvesm export", "pvesm export", CommandKind.Changes, Volume: 0),
    ];

    /// <summary>The verb with these words behind the program; null when recovery does not know it.</summary>
    internal static NodeVerb? Find(string spelling)
    {
        foreach (var verb in All)
            if (string.Equals(verb.Spelling, spelling, StringComparison.Ordinal))
                return verb;
        return null;
    }
}
