using System.Collections.Immutable;

namespace VmRecovery.Model.Causes;

/// <summary>Causes of a cancelled creation.</summary>
public static class UserAbortCauses
{
    /// <summary>Every cause, the most telling first.</summary>
    [Tells("terminal-closed", "unxz haos.qcow2.xz", 129, "", "The terminal was closed while it ran.")]
    [Tells("dialog-cancelled", "whiptail --title Storage --radiolist", 255, "", "A dialog was cancelled.")]
    [Tells("ended", "curl -fSL -o a.img https://example.org/a.img", 143,
        "",
        "Another program or a shutdown ended it (SIGTERM).")]
    [Tells("interrupted", "qm importdisk 100 a.img local", 39,
        "copy failed: command '/usr/bin/qemu-img convert' failed: interrupted by signal",
        "It was interrupted with Ctrl-C.")]
    public static readonly ImmutableArray<Cause> All =
    [
        new("terminal-closed", @"\n\(129\)\n",
            "The terminal was closed while it ran.",
            "Run the script inside tmux or screen; both survive a lost connection."),
        new("dialog-cancelled", @"^(?:whiptail|dialog) |User exited script|Aborted by user|Aborted input",
            "A dialog was cancelled."),
        new("ended", @"\n\(143\)\n", "Another program or a shutdown ended it (SIGTERM)."),
        new("interrupted", @"\n\(130\)\n|interrupted by signal|received interrupt", "It was interrupted with Ctrl-C."),
    ];
}
