namespace VmRecovery.Model.Detectors;

/// <summary>A person ended it.</summary>
public static class UserAbort
{
    /// <summary>Ctrl-C, a closed shell, Cancel or Esc in a dialog.</summary>
    /// <remarks>128+n is bash's status for a signal; whiptail ends with 1 for Cancel and 255 for Esc (newt).</remarks>
    [BashFunction("is_user_abort")]
    [Claims("curl -fSL -o disk.img https://example.org/disk.img", 130, "")]
    [Claims("whiptail --title Storage --radiolist", 255, "")]
    [Claims("qm importdisk 100 disk.img local", 39,
        "copy failed: command '/usr/bin/qemu-img convert' failed: interrupted by signal Interrupted system call")]
    [Rejects("qemu-img convert a b", 137, "Killed")]
    [Rejects("read -t 60 -r answer", 1, "read: read error: 0: Input/output error")]
    public static bool IsUserAbort(Failure failure) =>
        failure.ExitCode is 129 or 130 or 143
        || failure.Program is "whiptail" or "dialog" && failure.ExitCode is 1 or 255
        || failure.Log.Contains("User exited script")
        || failure.Log.Contains("Aborted by user")
        || failure.Log.Contains("Aborted input (Ctrl-D")
        || failure.Log.Contains("interrupted by signal")
        || failure.Log.Contains("failed: received interrupt")
        || failure.Log.Contains("unable to create image: received interrupt");
}
