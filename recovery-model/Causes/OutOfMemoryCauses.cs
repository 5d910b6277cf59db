using System.Collections.Immutable;

namespace VmRecovery.Model.Causes;

/// <summary>Causes of a lack of memory.</summary>
public static class OutOfMemoryCauses
{
    /// <summary>Every cause, the most telling first.</summary>
    [Tells("guest-memory", "qm start 100", 255,
        "kvm: cannot set up guest memory 'pc.ram': Cannot allocate memory",
        "The host could not give the VM its memory.")]
    [Tells("huge-pages", "qm start 100", 255,
        "hugepage allocation failed",
        "The host has too few free huge pages for the VM.")]
    [Tells("killed-for-memory", "qm start 100", 255,
        "Out of memory: Killed process 4711 (kvm) total-vm:4194304kB",
        "Memory ran out and the kernel ended kvm.")]
    [Tells("image-tool-memory", "virt-customize -a a.qcow2 --install curl", 1,
        "Cannot allocate memory",
        "virt-customize ran out of memory.")]
    [Tells("killed", "qemu-img convert a b", 137,
        "Killed",
        "qemu-img was killed (exit code 137). Most often that is a lack of memory.")]
    [Tells("no-memory", "xz -d a.xz", 1,
        "xz: a.xz: Cannot allocate memory",
        "A program asked for memory and the host had none left.")]
    public static readonly ImmutableArray<Cause> All =
    [
        new("guest-memory", @"cannot set up guest memory|map backing store for guest RAM",
            "The host could not give the VM its memory.",
            "Give the VM less memory, or stop other VMs. Free memory: free -m"),
        new("huge-pages", @"hugepage allocation failed",
            "The host has too few free huge pages for the VM.", "Look at them with: grep Huge /proc/meminfo"),
        new("killed-for-memory", @"Killed process [0-9]+ \(([A-Za-z0-9._-]+)\)",
            "Memory ran out and the kernel ended {1}.",
            "Stop other VMs or give this one less. The kernel's report: journalctl -k"),
        new("killed-for-memory", @"oom-kill", "Memory ran out and the kernel ended a program."),
        new("image-tool-memory", @"^(?:[^ \n]*/)?virt-([a-z-]+) ",
            "virt-{1} ran out of memory.", "Give the image tools more memory, or stop other VMs. Free memory: free -m"),
        new("killed", @"^([^ \n]+)[^\n]*\n\(137\)",
            "{1} was killed (exit code 137). Most often that is a lack of memory.",
            "See if the kernel did it: journalctl -k | grep -i oom"),
        new("killed", @"got signal 9|\n\(137\)", "A program was killed. Most often that is a lack of memory."),
        new("no-memory", @"[Cc]annot allocate memory", "A program asked for memory and the host had none left."),
    ];
}
