using System.Globalization;
using System.Text.RegularExpressions;

namespace VmRecovery.Node.Simulated.Faults;

/// <summary>How a command fails on a real node: stderr and exit code, chosen by command.</summary>
internal static class FaultTexts
{
    /// <summary>Text and exit code of an ordinary failure of a command.</summary>
    public static (string Message, int ExitCode) Of(IReadOnlyList<string> words) => words switch
    {
        ["qm", "create", var id, ..] =>
            ($"unable to create VM {id} - unable to activate storage 'local' - directory is expected to be a mount point but is not mounted: '/var/lib/vz'", 255),
        ["qm", "importdisk" or "disk", ..] when words.Count > 3 && words[1] != "disk" || words is ["qm", "disk", "import", ..] =>
            ("qemu-img: error while writing at byte 18874368: No space left on device\n"
                + "copy failed: command '/usr/bin/qemu-img convert -p -n -f raw -O raw image zeroinit:/dev/pve/vm-disk' failed: exit code 1", 39),
        ["qm", "set", var id, ..] => ($"can't lock file '/var/lock/qemu-server/lock-{id}.conf' - got timeout", 4),
        ["qm", "resize", ..] or ["qm", "disk", "resize", ..] =>
            ("error resizing volume '/dev/pve/vm-disk':   Insufficient free space: 8192 extents needed, but only 0 available", 0),
        ["qm", "start", ..] => ("start failed: QEMU exited with code 1", 255),
        ["qm", "sendkey", var id, ..] => ($"VM {id} qmp command 'human-monitor-command' failed - got timeout", 255),
        ["qm", "destroy" or "stop", var id, ..] => ($"can't lock file '/var/lock/qemu-server/lock-{id}.conf' - got timeout", 255),
        ["qm", ..] => ("ipcc_send_rec[1] failed: Connection refused", 111),
        ["pvesm", "alloc", var storage, ..] => ($"can't lock file '/var/lock/pve-manager/pve-storage-{storage}' - got timeout", 4),
        ["pvesm", "free", ..] => ("unlink failed - Operation not permitted", 0),
        ["virt-customize" or "virt-resize", ..] =>
            ($"{words[0]}: error: libguestfs error: could not create appliance through libvirt.", 1),
        ["xz" or "unxz", ..] => ("xz: " + words[^1] + ": Unexpected end of input", 1),
        ["gunzip", ..] => ("gzip: " + words[^1] + ": unexpected end of file", 1),
        ["unzip", ..] => ("unzip:  cannot find zipfile directory in one of " + words[^1], 9),
        ["qemu-img", ..] => ("qemu-img: Could not resize file: No space left on device", 1),
        ["apt-get", ..] => ("E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?", 100),
        _ => (words[0] + ": failed", 1),
    };

    /// <summary>True for options with a disk that is to be made.</summary>
    public static bool MakesDisk(IReadOnlyList<string> options) => options.Any(o => Regex.IsMatch(o, "^[A-Za-z0-9_.-]+:(cloudinit|[0-9.]+)(,|$)"));

    /// <summary>
    /// What a command prints and exits with when a signal reaches it; null when it dies of the signal.
    /// </summary>
    public static (string Message, int ExitCode)? Interrupted(IReadOnlyList<string> words, Signal signal) => words switch
    {
        ["qm", "importdisk", ..] or ["qm", "disk", "import", ..] =>
            ("copy failed: command '/usr/bin/qemu-img convert -p -n -f raw -O raw image zeroinit:disk' failed: interrupted by signal Interrupted system call", 39),
        ["qm", "create", var id, ..] =>
            ($"unable to create VM {id} - {(MakesDisk(words) ? "unable to create image" : "command '/usr/bin/kvm --version' failed")}: received interrupt", 255),
        ["qm", "resize", ..] or ["qm", "disk", "resize", ..] =>
            ("command '/usr/bin/qemu-img resize '--preallocation=off' -f raw disk 34359738368' failed: received interrupt", 0),
        ["qm", "start", ..] => ("start failed: interrupted by unexpected signal", 255),
        ["qm", "destroy", ..] => ("", 0),
        ["qm", "clone", ..] => ("clone failed: received interrupt", 255),
        ["qm", "template" or "stop" or "shutdown", ..] => ("received interrupt", 255),
        ["qm", "move_disk" or "move-disk", ..] or ["qm", "disk", "move", ..] => ("storage migration failed: received interrupt", 255),
        ["pvesm", "free", ..] => ("received interrupt", 0),
        _ when words[0] is "xz" or "unxz" or "gunzip" or "unzip" or "qemu-img" or "virt-customize" or "virt-resize" or "qm" or "pvesm" => null,
        _ => (string.Create(CultureInfo.InvariantCulture, $"{words[0]}: signal {(int)signal}"), 128 + (int)signal),
    };
}
