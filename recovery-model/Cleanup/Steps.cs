namespace VmRecovery.Model.Cleanup;

/// <summary>
/// How the things that this run made are removed. Each step looks first, acts, and looks again: true means that it
/// is gone. The caller passes only what stands in this run's journal.
/// </summary>
public static class Steps
{
    /// <summary>Stops and destroys a VM whose <c>qm create</c> succeeded in this run.</summary>
    /// <remarks>
    /// The ID comes before the options and booleans carry their value: <c>qm destroy --purge ID</c> would destroy
    /// nothing. A killed <c>qm create</c> leaves <c>lock: create</c> behind; any other lock is a task's that is at work.
    /// Destroying a VM takes every volume with it that its configuration names and that has its number. Each look takes
    /// seconds, in which somebody else can get the number: whose the VM is, is asked last.
    /// </remarks>
    [BashFunction("_vm_remove_vm")]
    public static bool RemoveVm(INode node, string vmid)
    {
        if (!node.VmExists(vmid))
            return true;
        if (node.HoldsForeignVolume(vmid))
        {
            node.Leftover(
                $"VM {vmid}, with a volume that this run did not make and that would go with it",
                $"qm destroy {vmid}, when qm config {vmid} shows none that you need");
            return false;
        }
        if (node.ConfigHas(vmid, "protection: 1"))
        {
            node.Leftover($"VM {vmid}, which is protected", $"qm set {vmid} --protection 0; qm stop {vmid}; qm destroy {vmid} --purge 1");
            return false;
        }
        var unreferenced = node.OwnsAllVolumes(vmid) ? "1" : "0";
        if (!node.IsOurs(vmid))
            return true;
        node.Qm("stop", vmid);
        var skiplock = node.ConfigHas(vmid, "lock: create") ? "1" : "0";
        if (!node.IsOurs(vmid))
            return true;
        node.Qm("destroy", vmid, "--skiplock", skiplock, "--purge", "1", "--destroy-unreferenced-disks", unreferenced);
        if (!node.VmExists(vmid))
            return true;
        node.Leftover($"VM {vmid}", $"qm stop {vmid}; qm destroy {vmid} --purge 1");
        return false;
    }

    /// <summary>Frees a volume that this run made, such as an EFI disk that was never attached.</summary>
    [BashFunction("_vm_remove_volume")]
    public static bool RemoveVolume(INode node, string volume)
    {
        if (!node.VolumeExists(volume))
            return true;
        node.Pvesm("free", volume);
        if (!node.VolumeExists(volume))
            return true;
        node.Leftover($"volume {volume}", $"pvesm free {volume}");
        return false;
    }

    /// <summary>Removes a file that this run made.</summary>
    [BashFunction("_vm_remove_file")]
    public static bool RemoveFile(INode node, string path)
    {
        if (!node.PathExists(path))
            return true;
        node.RemoveFile(path);
        if (!node.PathExists(path))
            return true;
        node.LeftoverPath("file", path, "rm");
        return false;
    }

    /// <summary>Removes a directory that this run made, unless somebody put something into it.</summary>
    [BashFunction("_vm_remove_directory")]
    public static bool RemoveDirectory(INode node, string path)
    {
        if (!node.PathExists(path))
            return true;
        node.RemoveDirectory(path);
        if (!node.PathExists(path))
            return true;
        node.LeftoverPath("directory with files of others,", path, "rmdir");
        return false;
    }
}
