namespace VmRecovery.Model.Cleanup;

/// <summary>The node as cleanup sees it: real commands in bash and in the native engine, a recorder in tests.</summary>
/// <remarks>
/// Exit codes of <c>qm</c> and <c>pvesm</c> prove nothing (a failed <c>pvesm free</c> exits 0), so a step looks
/// afterwards. A method that returns bool is a command whose status is 0 for true.
/// </remarks>
public interface INode
{
    /// <summary>Runs <c>qm</c> with these words; its output goes to the log. True when it exited 0.</summary>
    [BashCommand("_vm_logged qm")]
    bool Qm(params string[] words);

    /// <summary>Runs <c>pvesm</c> with these words; its output goes to the log. True when it exited 0.</summary>
    [BashCommand("_vm_logged pvesm")]
    bool Pvesm(params string[] words);

    /// <summary>Whether a VM or a container of the cluster has this ID now.</summary>
    [BashCommand("_vm_exists")]
    bool VmExists(string vmid);

    /// <summary>Whether the VM that has this ID now is the one that this run made.</summary>
    [BashCommand("_vm_is_ours")]
    bool IsOurs(string vmid);

    /// <summary>Whether the VM's configuration has this line now, such as <c>lock: create</c>; snapshots do not count.</summary>
    [BashCommand("_vm_config_has")]
    bool ConfigHas(string vmid, string line);

    /// <summary>Whether the storage lists this volume now (<c>pvesm list</c>). False also when it can't be asked.</summary>
    [BashCommand("_vm_volume_exists")]
    bool VolumeExists(string volume);

    /// <summary>
    /// Whether every volume that any storage reports for this ID was made by this run and every storage that holds
    /// images could be asked. Only then can <c>--destroy-unreferenced-disks</c> hit nothing that is not ours.
    /// </summary>
    [BashCommand("_vm_owns_all_volumes")]
    bool OwnsAllVolumes(string vmid);

    /// <summary>
    /// Whether the VM's configuration names a volume that <c>qm destroy</c> would take with it and that this run did not
    /// make: scripts attach volumes by a name that they guess.
    /// </summary>
    [BashCommand("_vm_holds_foreign_volume")]
    bool HoldsForeignVolume(string vmid);

    /// <summary>Whether the file or directory is there.</summary>
    [BashCommand("_vm_path_exists")]
    bool PathExists(string path);

    /// <summary>Removes a file that this run made.</summary>
    [BashCommand("_vm_logged rm -f --")]
    void RemoveFile(string path);

    /// <summary>Removes a directory that this run made, if it is empty.</summary>
    [BashCommand("_vm_logged rmdir --")]
    void RemoveDirectory(string path);

    /// <summary>Tells the user that something is still there and the command that removes it.</summary>
    [BashCommand("_vm_leftover")]
    void Leftover(string what, string command);

    /// <summary>The same for a path, which is quoted for the command.</summary>
    [BashCommand("_vm_leftover_path")]
    void LeftoverPath(string kind, string path, string command);
}
