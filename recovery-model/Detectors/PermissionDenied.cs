namespace VmRecovery.Model.Detectors;

/// <summary>Rights of the user, and of a node whose cluster has no quorum: then /etc/pve is read-only.</summary>
public static class PermissionDenied
{
    /// <summary>Not root, a missing privilege, no quorum, or a protected VM.</summary>
    /// <remarks>"Permission denied" alone proves nothing: passt inside libguestfs and QEMU's block layer print it too.</remarks>
    [BashFunction("is_permission_error")]
    [Claims("qm clone 9000 120", 255, "cluster not ready - no quorum?")]
    [Claims("qm config 102", 255, "403 Permission check failed (/vms/102, VM.Config.Disk)")]
    [Claims("qm set 105 --description x", 255,
        "unable to open file '/etc/pve/nodes/pve/qemu-server/105.conf.tmp.4242' - Permission denied")]
    [Rejects("guestfish --network -i -d win", 1, "Failed to bind UNIX domain socket: Permission denied")]
    [Rejects("qm start 100", 255, "kvm: Cannot get 'write' permission without 'resize'")]
    public static bool IsPermissionError(Failure failure) =>
        failure.Log.Contains("Permission check failed")
        || failure.Log.Mentions("no quorum")
        || failure.Log.Mentions("please run as root")
        || failure.Log.Mentions("please run this script as root")
        || failure.Log.Mentions("must be run as root")
        || failure.Log.Mentions("are you root?")
        || failure.Log.Mentions("only root ")
        || failure.Log.Contains("ipcc_send_rec[")
        || failure.Log.Contains("Unable to load access control list")
        || failure.Log.Contains("protection mode enabled")
        || failure.Log.Matches("unable to (open|create) file .*Permission denied")
        || failure.Log.Matches("Failed to open the file .*: Permission denied")
        || failure.Log.Matches("(cannot|can't) (create|open|touch|remove|write|overwrite)[^:]*: Permission denied")
        || failure.Log.Contains("failed - Operation not permitted")
        || Commands.GaveUp(failure) && failure.ExitCode is 104;
}
