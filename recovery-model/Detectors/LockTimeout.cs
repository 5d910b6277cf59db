namespace VmRecovery.Model.Detectors;

/// <summary>Locks of a VM, of a storage, of the cluster, of dpkg.</summary>
public static class LockTimeout
{
    /// <summary>A lock was not given in time. Waiting for one and then getting it is no failure.</summary>
    [BashFunction("is_lock_timeout")]
    [Claims("qm start 129", 255, "can't lock file '/var/lock/qemu-server/lock-129.conf' - got timeout")]
    [Claims("pvesm alloc local-zfs 100 vm-100-disk-0 4M", 4,
        "command 'zfs create -s -V 4096k rpool/data/vm-100-disk-0' failed: got timeout")]
    [Claims("qm create 9001 --scsi0 ceph:32", 255, "cfs-lock 'storage-ceph' error: got lock request timeout")]
    [Rejects("pvesm alloc tank 100 vm-100-disk-0 4M", 255,
        "timeout: no zvol device link for 'vm-100-disk-0' found after 300 sec.")]
    [Rejects("qm start 100", 255, "trying to acquire lock...\n OK\nstart failed: QEMU exited with code 1")]
    [Rejects("qm create 100", 255, "error with cfs lock 'storage-x': unable to parse volume filename 'vm-100-disk-0'")]
    public static bool IsLockTimeout(Failure failure) =>
        failure.Log.Contains("can't lock file")
        || failure.Log.Contains("got lock request timeout")
        || failure.Log.Contains("failed: got timeout")
        || failure.Log.Contains("VM is locked (")
        || failure.Log.Contains("CT is locked (")
        || failure.Log.Contains("configuration to become unlocked")
        || failure.Log.Contains("-locked command timed out")
        || failure.Log.Contains("VM quit/powerdown failed - got timeout")
        || failure.Log.Contains("Could not get lock /var/lib/")
        || failure.Log.Contains("Unable to acquire the dpkg frontend lock");
}
