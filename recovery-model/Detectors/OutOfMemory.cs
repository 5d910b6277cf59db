namespace VmRecovery.Model.Detectors;

/// <summary>Memory of the node, or of the helper VM of an image tool.</summary>
public static class OutOfMemory
{
    /// <summary>The kernel refused memory or killed a program for it.</summary>
    /// <remarks>137 is 128+SIGKILL: on a node nobody but the kernel's OOM killer does that to a single step.</remarks>
    [BashFunction("is_out_of_memory")]
    [Claims("qm start 100", 255, "kvm: cannot set up guest memory 'pc.ram': Cannot allocate memory")]
    [Claims("virt-customize -a disk.qcow2 --install docker.io", 137, "")]
    [Claims("qm start 100", 255, "start failed: command '/usr/bin/kvm -id 100' failed: got signal 9")]
    [Rejects("curl -fSL -o a https://example.org/a", 28, "curl: (28) Operation timed out")]
    [Rejects("qm set 100 --memory abc", 255, "memory: invalid format - format error")]
    public static bool IsOutOfMemory(Failure failure) =>
        failure.ExitCode is 137
        || failure.Log.Mentions("cannot allocate memory")
        || failure.Log.Mentions("unable to allocate memory")
        || failure.Log.Mentions("out of memory")
        || failure.Log.Mentions("oom-killer")
        || failure.Log.Mentions("oom-kill:")
        || failure.Log.Mentions("memory exhausted")
        || failure.Log.Contains("Killed process ")
        || failure.Log.Contains("hugepage allocation failed")
        || failure.Log.Contains("failed: got signal 9");
}
