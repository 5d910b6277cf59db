using System.Collections.Immutable;

namespace VmRecovery.Model.Redaction;

/// <summary>The options of a program that a log may show. The value of any other option is hidden.</summary>
/// <param name="Program">File name of the program.</param>
/// <param name="Flags">Letters of its short options that take no value, as inside brackets of a regex.</param>
/// <param name="Valued">Letters of its short options whose value may be shown, likewise.</param>
/// <param name="Options">Its long options that may be shown with their value, alternatives of a regex.</param>
public sealed record ShownArguments(
    string Program,
    [property: BashVariable("_flags")] string Flags,
    [property: BashVariable("_valued")] string Valued,
    [property: BashVariable("_options")] string Options)
{
    /// <summary>The programs that take secrets. The line of any other program is read as a text.</summary>
    [BashTable("_vm_shown_arguments")]
    public static readonly ImmutableArray<ShownArguments> All =
    [
        new(
            "qm", "", "",
            "(agent|balloon|bios|boot|cdrom|cicustom|ciuser|cores|cpu|delete|destroy-unreferenced-disks|efidisk|force|forceStop|format"
            + "|full|hotplug|ide|ipconfig|localtime|machine|memory|name|nameserver|net|numa|onboot|ostype|pool|protection|purge|sata"
            + "|scsi|scsihw|serial|skiplock|sockets|start|storage|tablet|tags|target-disk|timeout|tpmstate|unused|vga|virtio)[0-9]*"),
        new("pvesm", "", "", "content|export|format|path|pool|server|share|storage|vmid"),
        new(
            "curl", "0-9#BfgiIjJkLnNOpqRsSv", "ACemorTwxXyYz",
            "compressed|connect-timeout|fail|head|http[0-9.]+|insecure|ipv[46]|limit-rate|location|max-time|output|progress-bar|proxy"
            + "|remote-name|retry[a-z-]*|show-error|silent|speed-limit|speed-time|user-agent|write-out"),
        new(
            "wget", "46bcdFHkKLNnpqrSvx", "aAoOPQRtTUw",
            "[a-z-]*timeout|continue|directory-prefix|max-redirect|no-[a-z-]+|output-document|progress|quiet|show-progress|spider"
            + "|timestamping|tries|user-agent"),
        new(
            "virt-customize", "nqvx", "acm",
            "add|chmod|copy|copy-in|delete|firstboot|firstboot-install|format|hostname|install|link|memsize|mkdir|move|network"
            + "|no-[a-z-]+|quiet|run|selinux-relabel|smp|timezone|touch|truncate|uninstall|update|upload|verbose"),
        new("unzip", "acfjlnopqtuvzCLX", "dx", ""),
    ];
}
