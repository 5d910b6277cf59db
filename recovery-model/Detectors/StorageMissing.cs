namespace VmRecovery.Model.Detectors;

/// <summary>Storages that are not there or not for VM disks.</summary>
public static class StorageMissing
{
    /// <summary>The storage is unknown, disabled, offline, not mounted, or takes no disk images.</summary>
    [BashFunction("is_storage_missing")]
    [Claims("qm importdisk 100 a.img local-lvm", 255, "storage 'local-lvm' does not exists")]
    [Claims("pvesm alloc gone 100 vm-100-disk-0.raw 4M", 255,
        "unable to activate storage 'gone' - directory is expected to be a mount point but is not mounted: '/mnt/gone'")]
    [Claims("qm importdisk 100 a.img isoonly", 255, "storage isoonly does not support vm images")]
    [Claims("pvesm alloc local 100 vm-100-disk-0 4M", 255, "storage 'local' does not support content-type 'images'")]
    [Claims("qm create 100", 255, "storage 'x' does not allow content type 'rootdir'")]
    [Claims("qm importdisk 100 a.img rbd", 1, "rbd: couldn't connect to the cluster!")]
    [Rejects("qm set 100 --scsi0 local:100/vm-100-disk-7.raw", 2, "volume 'local:100/vm-100-disk-7.raw' does not exist")]
    [Rejects("qm set 100 --scsi0 local-lvm:vm-100-disk-7", 25, "no such logical volume pve/vm-100-disk-7")]
    public static bool IsStorageMissing(Failure failure) =>
        failure.Log.Matches("storage '[^']*' (does not exist|is not available|is disabled|is not online)")
        || failure.Log.Matches("[Ss]torage '?[^ ']+'? does not (support|allow|accept) ")
        || failure.Log.Contains("connect to the cluster")
        || failure.Log.Contains("connecting to the cluster")
        || failure.Log.Contains("unable to activate storage '")
        || failure.Log.Contains("could not activate storage '")
        || failure.Log.Contains("connection check for storage '")
        || failure.Log.Contains("no such volume group '")
        || failure.Log.Contains("mount error: ")
        || failure.Log.Contains("storage: No such storage.")
        || failure.Log.Contains("no storage ID specified")
        || failure.Log.Contains("Unable to detect a valid storage location")
        || failure.Log.Matches("[Ss]torage '?[^ ']+'? not found")
        || failure.Log.Contains("no such logical volume ") && !failure.Log.Matches("no such logical volume [^ ]*/vm-")
        || Commands.GaveUp(failure) && failure.ExitCode is 119 or 120 or 217;
}
