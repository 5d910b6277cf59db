namespace VmRecovery.Model.Detectors;

/// <summary>Space: of a pool, a volume group, a file system or a quota.</summary>
public static class StorageFull
{
    /// <summary>Something has no space left. Never by the word alone: LVM warns about thin pools that could fill up.</summary>
    [BashFunction("is_storage_full")]
    [Claims("gunzip -f disk.img.gz", 1, "gzip: disk.img: No space left on device")]
    [Claims("pvesm alloc local-zfs 100 vm-100-disk-0 8G", 1,
        "zfs error: cannot create 'rpool/data/vm-100-disk-0': out of space")]
    [Claims("pvesm alloc local-lvm 100 vm-100-disk-0 8G", 5,
        "lvcreate 'pve/vm-100-disk-0' error:   Free space in pool pve/data is above threshold, new volumes are not allowed.")]
    [Rejects("pvesm alloc local-lvm 100 vm-100-disk-0 4M", 5,
        "WARNING: You have not turned on protection against thin pools running out of space.")]
    [Rejects("virt-resize --expand /dev/sda1 a b", 1, "virt-resize: error: You cannot use --expand when there is no surplus space")]
    [Claims("virt-customize -a a.qcow2", 1, "supermin: error: write: /var/tmp/.guestfs-0: No space left on device")]
    [Rejects("virt-customize -a a.qcow2 --install x", 1, "dpkg: error: failed to write: No space left on device")]
    [Rejects("curl -fsSL https://example.org/x", 23, "curl: (23) Failure writing output to destination")]
    public static bool IsStorageFull(Failure failure) =>
        !IsTheGuests(failure)
        && (failure.Log.Mentions("no space left on device")
            || failure.Log.Contains("': out of space")
            || failure.Log.Mentions("insufficient free space")
            || failure.Log.Mentions("insufficient suitable allocatable extents")
            || failure.Log.Mentions("not enough free space")
            || failure.Log.Mentions("not enough free disk space")
            || failure.Log.Mentions("not enough space")
            || failure.Log.Mentions("don't have enough free space")
            || failure.Log.Mentions("quota exceeded")
            || failure.Log.Contains("ENOSPC")
            || failure.Log.Mentions("disk is full")
            || failure.Log.Matches("[Ff]ree space in (thin )?pool [^ ]+ (reached|is above) threshold")
            || failure.Log.Matches("[Tt]hin pool .*space exhausted")
            || failure.Log.Matches("lacks .*metadata space")
            || Commands.GaveUp(failure) && failure.ExitCode is 114 or 214);

    /// <summary>
    /// Programs inside the image complain about the image's own disk; virt-resize and its like write to the node's.
    /// </summary>
    private static bool IsTheGuests(Failure failure) =>
        failure.Program is "virt-customize" or "guestfish" or "guestmount" or "virt-copy-in"
        && !failure.Log.Matches("(supermin|qemu-img|libguestfs): .*[Nn]o space left");
}
