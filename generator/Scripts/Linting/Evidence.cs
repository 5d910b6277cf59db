using System.Collections.Frozen;
using VmRecovery.Bash.Syntax;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting;

/// <summary>Judgements about commands that several rules share.</summary>
internal static class Evidence
{
    private static readonly FrozenSet<string> ErrorFunctions = Words.Of(
        "msg_error error err log_error print_error error_msg errmsg fail_msg msg_err"
    );

    /// <summary>Words of a message that tells of a failure.</summary>
    private static readonly string[] ErrorWords = (
        "error|fail|unable|cannot|can't|could not|invalid|not found|not supported|unsupported|"
        + "not available|not installed|no storage|not valid|does not exist|will not work|missing|denied|"
        + "already in use|is taken|must be run|please run this script as root|no space|the import left no|does not run|did not"
    ).Split('|');

    /// <summary>Commands that do not fail, or whose failure nobody needs to know.</summary>
    private static readonly FrozenSet<string> Harmless = Words.Of(
        "echo printf : true local declare typeset export readonly unset set shopt trap return exit clear "
            + "sleep shift break continue pwd alias tput hash umask msg_info msg_ok msg_error msg_warn "
            + "msg_debug stop_spinner post_update_to_api post_to_api_vm [ test let source . eval cat date "
            + "basename dirname whoami id uname"
    );

    private static readonly FrozenSet<string> FallibleInHandlers = Words.Of(
        "popd pushd cd umount mount losetup kill pkill read pct systemctl rmdir mv cp grep curl wget ssh "
            + "docker lvremove zfs qemu-nbd kpartx tar wait"
    );

    private static readonly FrozenSet<string> Dialogs = Words.Of("whiptail dialog");

    private static readonly FrozenSet<string> ImageTools = Words.Of(
        "virt-customize virt-resize virt-edit virt-sysprep guestfish apt-get apt dpkg"
    );

    /// <summary>Whether a command prints that something failed.</summary>
    public static bool SaysError(ScriptCommand command)
    {
        if (command.Program is not { } program)
            return false;
        if (ErrorFunctions.Contains(program))
            return true;
        return program is "echo" or "printf" && command.Arguments.Any(a => HasErrorWord(WordText.Constants(a.Node)));
    }

    /// <summary>
    /// Whether a command only prints or waits, so that what it follows is still what is talked about.
    /// </summary>
    public static bool OnlyTalks(ScriptCommand command) =>
        command.Program is "echo" or "printf" or "sleep" or "clear" or "msg_info" or "msg_error" or "msg_warn" or "cat"
        || SaysError(command);

    /// <summary>Whether a command may fail in a handler.</summary>
    public static bool MayFailInHandler(ScriptCommand command) =>
        command.Operation is not null || command.Program is { } program && FallibleInHandlers.Contains(program);

    /// <summary>Whether the status of a command can be other than 0 in a way that matters.</summary>
    public static bool MayFail(ScriptCommand command) => command.Program is { } program && !Harmless.Contains(program);

    /// <summary>Whether a command asks the user in a dialog whose Cancel is a status.</summary>
    public static bool IsDialog(ScriptCommand command) => command.Program is { } program && Dialogs.Contains(program);

    /// <summary>Whether a command changes VMs, volumes, disk images or the packages of the host.</summary>
    public static bool ChangesState(ScriptCommand command) =>
        command.Operation is { Changes: true }
        || command.Program is { } program && ImageTools.Contains(program) && !command.HasArgument("--version")
        || command.Program == "qemu-img" && command.Verb is "convert" or "create" or "resize";

    /// <summary>Whether an or-list throws the failure of a command away: <c>|| true</c>, <c>|| :</c>.</summary>
    public static bool IsThrownAway(ScriptCommand command) =>
        command.Alternative is SimpleCommand { Name: "true" or ":" };

    /// <summary>Whether an awk program compares or prints a column.</summary>
    public static bool AwkReadsColumn(ScriptCommand command, int column) =>
        command.Program is "awk" or "gawk" or "mawk"
        && command.Arguments.Any(a =>
            WordText
                .Constants(a.Node)
                .Contains(
                    string.Create(System.Globalization.CultureInfo.InvariantCulture, $"${column}"),
                    StringComparison.Ordinal
                )
        );

    /// <summary>Whether an address is plain http to a host on the network.</summary>
    public static bool IsPlainHttp(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        && text.Length > 7
        && !text.AsSpan(7).StartsWith("localhost", StringComparison.OrdinalIgnoreCase)
        && (char.IsAsciiLetter(text[7]) || text.AsSpan(7).StartsWith("1.1.1.1"));

    /// <summary>Whether the name of a variable or an option says that its value is secret.</summary>
    public static bool IsSecretName(string name) =>
        name.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase)
        || name.Contains("PASSWD", StringComparison.OrdinalIgnoreCase)
        || name.Contains("SECRET", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("_TOKEN", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("_PASS", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether what a command prints is evidence that a script decides by.</summary>
    public static bool GivesEvidence(ScriptCommand command) =>
        command.Program
            is "qm"
                or "pvesm"
                or "pvesh"
                or "pct"
                or "pveversion"
                or "curl"
                or "wget"
                or "lvs"
                or "zfs"
                or "zpool"
                or "ssh"
                or "lsblk"
                or "find"
                or "docker"
                or "git";

    /// <summary>Whether a command asks whether a VM number is free.</summary>
    public static bool LooksForFreeNumber(ScriptCommand command) =>
        command.Program == "pvesh" && command.Arguments.Any(a => a.Text is "/cluster/nextid" or "cluster/nextid")
        || command.Program == "qm" && command.Verb is "status" or "config";

    /// <summary>Whether a command compares a checksum or a signature.</summary>
    public static bool Verifies(ScriptCommand command) =>
        command.Program
            is "sha256sum"
                or "sha512sum"
                or "sha1sum"
                or "b2sum"
                or "shasum"
                or "gpg"
                or "gpgv"
                or "minisign"
                or "cosign"
                or "signify"
        || command.Program == "md5sum" && command.HasArgument("-c")
        || command.Program == "openssl" && command.Verb == "dgst";

    /// <summary>Whether a command gives a disk image to a VM.</summary>
    public static bool UsesImage(ScriptCommand command) =>
        command.Operation is { Verb: NodeVerb.Import }
        || command.Operation is { Verb: NodeVerb.Create or NodeVerb.Configure }
            && command.Arguments.Any(a =>
                a.Text is "-cdrom" or "--cdrom" or "-ide2" or "--ide2" or "-ide3" or "--ide3"
                || WordText.Constants(a.Node).Contains("import-from=", StringComparison.Ordinal)
                || WordText.Constants(a.Node).Contains("media=cdrom", StringComparison.Ordinal)
            );

    /// <summary>Whether a word names a file in /tmp that anybody can foresee.</summary>
    public static bool IsPredictable(Word word) =>
        WordText.Prefix(word) is { Length: > 5 } prefix
        && (
            prefix.StartsWith("/tmp/", StringComparison.Ordinal)
            || prefix.StartsWith("/var/tmp/", StringComparison.Ordinal)
        )
        && WordText.Flat(word.Parts).All(p => p is Literal or SingleQuoted or ParameterExpansion { Name: "$" });

    /// <summary>Whether an awk program compares a column with the name of a volume.</summary>
    public static bool AwkComparesColumnWithVolume(ScriptCommand command, int column) =>
        AwkReadsColumn(command, column)
        && command.Arguments.Any(a => WordText.Constants(a.Node).Contains("-disk-", StringComparison.Ordinal));

    private static bool HasErrorWord(string text) =>
        ErrorWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
