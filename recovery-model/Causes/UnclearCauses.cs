using System.Collections.Immutable;

namespace VmRecovery.Model.Causes;

/// <summary>Causes of failures that no class claims: more than nothing, and not enough for a class.</summary>
public static class UnclearCauses
{
    /// <summary>Every cause, the most telling first.</summary>
    [Tells("setting-refused", "qm create 100 --net0 virtio,macaddr=x", 255,
        "400 Parameter verification failed.\nnet0: invalid format - format error",
        "Proxmox refused the setting net0: invalid format - format error")]
    [Tells("no-program", "fdisk -l", 127,
        "bash: line 1: fdisk: command not found",
        "fdisk is not installed on this node.")]
    [Tells("no-vm", "qm set 123 --cores 2", 2,
        "Configuration file 'nodes/pve/qemu-server/123.conf' does not exist",
        "There is no VM 123 on this node.")]
    [Tells("no-file", "cp /template/iso/a.img /tmp", 1,
        "cp: cannot stat '/template/iso/a.img': No such file or directory",
        "There is no file /template/iso/a.img.")]
    [Tells("snapshot-exists", "vzdump 230", 255,
        "zfs error: cannot create snapshot 'rpool/vm-230-disk-1@vzdump': dataset already exists",
        "The snapshot rpool/vm-230-disk-1@vzdump already exists.")]
    [Tells("running", "qm start 100", 255, "VM 100 already running", "VM 100 is running already.")]
    [Tells("shrinking", "qm set 100 --scsi0 x", 255,
        "shrinking disks is not supported",
        "The disk is larger already than the size that was asked for.")]
    [Tells("reader-left", "curl -fsSL https://example.org/releases | grep -m1 tag", 23,
        "curl: (23) Failure writing output to destination",
        "The program that read curl's output ended before curl did.")]
    [Tells("not-an-archive", "zstd -d a.img", 1,
        "zstd: a.img: unsupported format",
        "a.img is not an archive that zstd can read.")]
    [Tells("no-terminal", "read -t 60 -r answer", 1,
        "read: read error: 0: Input/output error",
        "The script could not read an answer: its terminal is gone.")]
    [Tells("task-message", "qmrestore a 100", 255, "TASK ERROR: something else", "Proxmox says: something else")]
    [Tells("create-message", "pct create 109 a", 255,
        "unable to create CT 109 - something else",
        "Proxmox says: something else")]
    public static readonly ImmutableArray<Cause> All =
    [
        new("setting-refused", @"arameter verification failed\.[ \n(]+([A-Za-z0-9._-]+): ([^\n]+)",
            "Proxmox refused the setting {1}: {2}", "Correct it in the script's settings and try again."),
        new("no-program", @"(?:^|[ :])([A-Za-z0-9._-]+): command not found",
            "{1} is not installed on this node.", "Find the package that has it: apt-cache search {1}"),
        new("no-program", @"^([^ \n]+)[^\n]*\n\(127\)",
            "The program {1} was not found.", "See if it is installed: type -a PROGRAM"),
        new("no-vm", @"[Cc]onfiguration file '[^'\n]*/([0-9]+)\.conf' does not exist",
            "There is no VM {1} on this node.", "See which there are: qm list"),
        new("no-file", @"(?:cannot stat|can't read|cannot access|cannot open) '?([^':\n]+)'?: No such file",
            "There is no file {1}.", "The step that should have made it may have failed: look at the log."),
        new("snapshot-exists", @"create snapshot '([^'\n]+)': dataset already exists",
            "The snapshot {1} already exists.",
            "Delete it if nothing needs it: VM > Snapshots, or zfs list -t snapshot"),
        new("running", @"VM ([0-9]+) already running", "VM {1} is running already.", "See its state: qm status {1}"),
        new("shrinking", @"shrinking disks is not supported",
            "The disk is larger already than the size that was asked for.", "Choose a larger size."),
        new("reader-left", @"curl: \(23\)|^curl [^\n]*\n\(23\)",
            "The program that read curl's output ended before curl did."),
        new("not-an-archive", @"zstd: ([^:\n]+): unsupported format",
            "{1} is not an archive that zstd can read.", "Download it again."),
        new("no-terminal", @"read error: 0: Input/output error",
            "The script could not read an answer: its terminal is gone.", "Start it again from a terminal."),
        new("task-message", @"TASK ERROR: ([^\n]+)", "Proxmox says: {1}"),
        new("create-message", @"unable to create (?:VM|CT) [0-9]+ - ([^\n]+)", "Proxmox says: {1}"),
    ];
}
