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
    /// nothing. <c>--skiplock</c> because a killed <c>qm create</c> leaves <c>lock: create</c> behind. Destroying a VM
    /// takes every volume with it that its configuration names and that has its number.
    /// </remarks>
    [BashFunction("vm_remove_vm")]
    public static bool RemoveVm(INode node, string vmid)
    {
        if (!node.VmExists(vmid))
            return true;
        if (node.HoldsForeignVolume(vmid))
        {
            node.Leftover($"VM {vmid}, which holds a volume that this run did not make", $"qm config {vmid}, then qm destroy {vmid}");
            return false;
        }
        node.Qm("stop", vmid, "--skiplock", "1");
        if (node.OwnsAllVolumes(vmid))
            node.Qm("destroy", vmid, "--skiplock", "1", "--purge", "1", "--destroy-unreferenced-disks", "1");
        else
            node.Qm("destroy", vmid, "--skiplock", "1", "--purge", "1");
        if (!node.VmExists(vmid))
            return true;
        node.Leftover($"VM {vmid}", $"qm stop {vmid}; qm destroy {vmid} --skiplock 1 --purge 1");
        return false;
    }

    /// <summary>Frees a volume that this run made, such as an EFI disk that was never attached.</summary>
    [BashFunction("vm_remove_volume")]
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
    [BashFunction("vm_remove_file")]
    public static bool RemoveFile(INode node, string path)
    {
        if (!node.PathExists(path))
            return true;
        node.RemoveFile(path);
        if (!node.PathExists(path))
            return true;
        node.Leftover($"file {path}", $"rm {path}");
        return false;
    }

    /// <summary>Removes a directory that this run made, unless somebody put something into it.</summary>
    [BashFunction("vm_remove_directory")]
    public static bool RemoveDirectory(INode node, string path)
    {
        if (!node.PathExists(path))
            return true;
        node.RemoveDirectory(path);
        if (!node.PathExists(path))
            return true;
        node.Leftover($"directory {path}", $"ls -la {path}");
        return false;
    }
}
