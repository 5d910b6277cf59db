using System.Collections.Immutable;

namespace VmRecovery.Model.Causes;

/// <summary>Causes of a refusal.</summary>
public static class PermissionCauses
{
    /// <summary>Every cause, the most telling first.</summary>
    [Tells("cluster-down", "pvesh get /cluster/nextid", 111,
        "ipcc_send_rec[1] failed: Connection refused",
        "The cluster file system (pve-cluster) does not answer.")]
    [Tells("cluster-refuses", "pvesh get /cluster/nextid", 255,
        "ipcc_send_rec[1] failed: Unknown error -1",
        "Proxmox's cluster service refused the command.")]
    [Tells("no-quorum", "qm clone 9000 120", 255,
        "cluster not ready - no quorum?",
        "The cluster has no quorum: nothing can be changed.")]
    [Tells("privilege", "qm config 102", 255,
        "403 Permission check failed (/vms/102, VM.Config.Disk)",
        "The privilege VM.Config.Disk on /vms/102 is missing.")]
    [Tells("protected", "qm destroy 100", 255,
        "can't remove VM 100 - protection mode enabled",
        "The VM is protected against changes.")]
    [Tells("config-read-only", "qm set 105 --description x", 255,
        "unable to open file '/etc/pve/nodes/pve/qemu-server/105.conf.tmp.4242' - Permission denied",
        "The cluster's configuration in /etc/pve can't be written.")]
    [Tells("not-root", "exit 104", 104, "", "This needs root.")]
    [Tells("file-refused", "curl -o /root/a https://example.org/a", 23,
        "Warning: Failed to open the file /root/a: Permission denied",
        "/root/a can't be written: permission denied.")]
    [Tells("not-permitted", "mount /mnt", 1,
        "mount: /mnt: failed - Operation not permitted",
        "The kernel refused the operation.")]
    public static readonly ImmutableArray<Cause> All =
    [
        new("cluster-down", @"ipcc_send_rec\[[0-9]+\] failed: Connection refused",
            "The cluster file system (pve-cluster) does not answer.", "See why: systemctl status pve-cluster"),
        new("cluster-refuses", @"ipcc_send_rec\[|Unable to load access control",
            "Proxmox's cluster service refused the command.",
            "Run it as root@pam. If you are root: systemctl status pve-cluster"),
        new("no-quorum", @"[Nn]o quorum",
            "The cluster has no quorum: nothing can be changed.",
            "Bring the missing nodes back. Its state: pvecm status"),
        new("privilege", @"Permission check failed \(([^,\n]+), ([A-Za-z.|]+)\)",
            "The privilege {2} on {1} is missing.", "Run it as root@pam, or grant it: Datacenter > Permissions"),
        new("privilege", @"Permission check failed", "A privilege is missing."),
        new("protected", @"protection mode enabled",
            "The VM is protected against changes.", "Switch that off: VM > Options > Protection"),
        new("config-read-only", @"unable to (?:open|create) file '/etc/pve/[^\n]*Permission denied",
            "The cluster's configuration in /etc/pve can't be written.",
            "Most often the cluster has no quorum: pvecm status"),
        new("not-root", @"[Rr]un (?:this script )?as root|be run as root|re you root|[Oo]nly root |^exit 104\n",
            "This needs root.", "Use the node's Shell in the web interface as root@pam."),
        new("file-refused", @"'([^'\n]+)': Permission denied",
            "{1} can't be written: permission denied.", "Look at its owner and mode: ls -l"),
        new("file-refused", @"([^ '\"":\n]+): Permission denied", "{1} can't be written: permission denied."),
        new("file-refused", @"file '([^'\n]+)'[^\n]*Permission denied", "{1} can't be written: permission denied."),
        new("not-permitted", @"Operation not permitted",
            "The kernel refused the operation.", "Use the node's Shell as root@pam, not a container."),
    ];
}
