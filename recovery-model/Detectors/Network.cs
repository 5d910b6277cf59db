namespace VmRecovery.Model.Detectors;

/// <summary>The network between the node and the world, and the node's own bridges.</summary>
public static class Network
{
    /// <summary>A name did not resolve, a host did not answer, or a bridge is missing.</summary>
    /// <remarks>Proxmox's tools print "Connection refused" for their own sockets: for them only bridges count.</remarks>
    [BashFunction("is_network_error")]
    [Claims("wget -q https://example.org/a.img", 4, "")]
    [Claims("qm start 101", 255, "bridge 'vmbr1' does not exist\nstart failed: QEMU exited with code 1")]
    [Claims("apt-get update", 100, "Temporary failure resolving 'deb.debian.org'")]
    [Rejects("mkfs.ext4 /dev/sdz", 1, "mkfs.ext4: no such device\ncurl: (6) Could not resolve host: example.org")]
    [Rejects("qm create 100 --net0 virtio", 255, "net0: invalid format - format error")]
    [Rejects("qm start 100", 255, "unable to connect to VM 100 qmp socket - Connection refused")]
    public static bool IsNetworkError(Failure failure) =>
        IsBridgeError(failure)
        || failure.Program is "wget" && failure.ExitCode is 4
        || Commands.GaveUp(failure) && failure.ExitCode is 116 or 121 or 122
        || !Commands.IsProxmoxTool(failure)
        && (failure.Log.Mentions("temporary failure resolving")
            || failure.Log.Mentions("temporary failure in name resolution")
            || failure.Log.Contains("unable to resolve host address")
            || failure.Log.Contains("Name or service not known")
            || failure.Log.Contains("E: Failed to fetch ")
            || !HasForeignCurl(failure) && SaysNoConnection(failure));

    /// <summary>Words that curl has too.</summary>
    private static bool SaysNoConnection(Failure failure) =>
        failure.Log.Mentions("could not resolve host")
        || failure.Log.Contains("Network is unreachable")
        || failure.Log.Contains("No route to host")
        || failure.Log.Mentions("connection timed out")
        || failure.Log.Mentions("connection refused")
        || failure.Log.Mentions("connection reset by peer");

    /// <summary>A line of curl that is not the failed command's: telemetry has no network either.</summary>
    private static bool HasForeignCurl(Failure failure) =>
        !Commands.Downloads(failure) && failure.Log.Matches(@"curl: ?\([0-9]+\)");

    /// <summary>The bridge of a network device (pve-common, PVE/Network.pm).</summary>
    internal static bool IsBridgeError(Failure failure) =>
        failure.Log.Matches("bridge '[^']*' does not exist")
        || failure.Log.Contains("no physical interface on bridge '")
        || failure.Log.Matches("bridge '[^']*' is (not active|neither a linux)")
        || failure.Log.Contains("unable to get bridge setting")
        || failure.Log.Matches("network script [^ ]*pve-bridge[^ ]* failed")
        || failure.Log.Contains("is bigger than the bridge MTU")
        || failure.Log.Contains("No network bridge");
}
