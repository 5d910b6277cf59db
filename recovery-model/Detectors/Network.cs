namespace VmRecovery.Model.Detectors;

/// <summary>The network between the node and the world, or the node's own bridge.</summary>
public static class Network
{
    /// <summary>A name did not resolve, a host did not answer, or a bridge is missing.</summary>
    [BashFunction("is_network_error")]
    [Detects(ErrorClass.Network)]
    [Claims("wget -q --show-progress https://example.org/a.img", 4, "")]
    [Rejects("qm create 100", 255, "400 Parameter verification failed.")]
    public static bool IsNetworkError(Failure failure) =>
        failure.Program is "wget" && failure.ExitCode is 4
        || failure.Log.Matches("bridge '[^']*' does not exist")
        || failure.Log.Mentions("temporary failure resolving");
}
