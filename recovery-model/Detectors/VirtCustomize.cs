namespace VmRecovery.Model.Detectors;

/// <summary>libguestfs and the tools around it.</summary>
public static class VirtCustomize
{
    /// <summary>An image tool failed, whatever it printed: its output is full of the guest's own messages.</summary>
    [BashFunction("is_virt_customize_err")]
    [Claims("virt-customize -a a.qcow2 --install docker.io", 1,
        "virt-customize: error: libguestfs error: passt exited with status 1")]
    [Claims("virt-customize -q -a a.qcow2 --install curl", 1, "E: Unable to locate package qemu-guest-agent")]
    [Claims("make image", 2, "libguestfs: error: /usr/bin/supermin exited with error status 1.")]
    [Rejects("qm importdisk 100 a.qcow2 local", 255, "virt-customize: error: libguestfs error: guestfs_launch failed.")]
    [Rejects("curl -fSL -o a https://example.org/a", 22, "curl: (22) The requested URL returned error: 404")]
    public static bool IsVirtCustomizeError(Failure failure) =>
        Commands.IsImageTool(failure)
        || !Commands.IsProxmoxTool(failure)
        && failure.Program is not ("curl" or "wget")
        && (failure.Log.Contains("libguestfs error: ")
            || failure.Log.Contains("libguestfs: error: ")
            || failure.Log.Matches("virt-[a-z-]+: error: ")
            || failure.Log.Contains("guestfs_launch failed"));
}
