namespace VmRecovery.Model;

/// <summary>Facts about the node and the script that decide which options could change anything, and their numbers.</summary>
/// <param name="OtherStorages">How many other active storages take disks; -1 when the node does not say.</param>
/// <param name="BestStorage">The one of them with most free space.</param>
/// <param name="BestFree">Its free space in GiB.</param>
/// <param name="HasDownload">Whether there is a downloaded file to delete.</param>
/// <param name="HasVm">Whether this run has made a VM that could be kept.</param>
/// <param name="DiskSize">The disk's size, a number; 0 where the script fixes it.</param>
/// <param name="DiskUnit">The letters behind the size, such as <c>G</c>; empty for none.</param>
/// <param name="Memory">The VM's memory in MiB; 0 where the script fixes it.</param>
/// <param name="ToolMemory">The memory of libguestfs's helper VM in MiB.</param>
/// <param name="IdIsTaken">Whether a guest that this run did not make has the number.</param>
/// <param name="StrayVolume">A volume with the number that no guest names; empty for none.</param>
/// <param name="NextVmid">The number that the node would give next; empty when it does not say.</param>
/// <param name="AtTerminal">Whether somebody sits at a terminal.</param>
public sealed record Facts(
    [property: BashVariable("_other_storages")] int OtherStorages,
    [property: BashVariable("_best_storage")] string BestStorage,
    [property: BashVariable("_best_free")] int BestFree,
    [property: BashVariable("_has_download")] bool HasDownload,
    [property: BashVariable("_has_vm")] bool HasVm,
    [property: BashVariable("_disk_size")] int DiskSize,
    [property: BashVariable("_disk_unit")] string DiskUnit,
    [property: BashVariable("_memory")] int Memory,
    [property: BashVariable("_tool_memory")] int ToolMemory,
    [property: BashVariable("_id_is_taken")] bool IdIsTaken,
    [property: BashVariable("_stray_volume")] string StrayVolume,
    [property: BashVariable("_next_vmid")] string NextVmid,
    [property: BashVariable("_at_terminal")] bool AtTerminal)
{
    /// <summary>A node that may have another storage and a script that fixes nothing: for those who can't look.</summary>
    public static readonly Facts Assumed = new(
        -1, "", 0, true, true, 8, "G", 2048, 1280, true, "", "", true);
}
