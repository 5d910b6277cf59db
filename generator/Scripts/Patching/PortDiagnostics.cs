using System.Collections.Immutable;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Patching;

/// <summary>The reasons for which a script can't be patched, each with the change that makes it possible.</summary>
internal static class PortDiagnostics
{
    private const string Category = "port";

    private const string Repeated =
        "Recovery runs the creation section again, in a subshell and as a function: what it does must mean the same there.";

    private const string Unseen =
        "Recovery sees a command of Proxmox VE when the shell finds it by its plain name. A command that it does not see "
        + "is not undone, and may stop or destroy a VM that this run did not create.";

    public static readonly DiagnosticDescriptor Syntax = Create(
        "VMS101", "syntax-error", "the script is not valid bash", "correct it; 'bash -n FILE' shows the place, too");

    public static readonly DiagnosticDescriptor DamagedMarker = Create(
        "VMS102", "damaged-marker", "a marker comment of an earlier patch is missing or was moved",
        "put the marker back, or remove what is left of the patch by hand");

    public static readonly DiagnosticDescriptor NoCreate = Create(
        "VMS110", "no-create", "the script creates no VM", "name scripts that run 'qm create'");

    public static readonly DiagnosticDescriptor CreateNotCalled = Create(
        "VMS111", "create-not-called", "'qm create' stands in a function that nothing calls",
        "call the function at the top level, after the settings are chosen");

    public static readonly DiagnosticDescriptor SecondCreate = Create(
        "VMS112", "second-create", "the script creates more than one VM",
        "split it: one script, one VM; or run it as it is with 'vmrecovery run'");

    public static readonly DiagnosticDescriptor HiddenCommand = Create(
        "VMS113", "hidden-command", "a command reaches Proxmox VE in a way that recovery does not see",
        "call qm and pvesm by their plain names, or run the script with 'vmrecovery run'", Unseen);

    public static readonly DiagnosticDescriptor StorageNotChosen = Create(
        "VMS120", "storage-not-chosen", "the storage is not chosen before 'qm create'",
        "set STORAGE (or the variable that the disks use) in a statement before the creation");

    public static readonly DiagnosticDescriptor VmidNotChosen = Create(
        "VMS121", "vmid-not-chosen", "the VMID is not chosen before 'qm create'",
        "set VMID (or the variable that 'qm create' gets) in a statement before the creation");

    public static readonly DiagnosticDescriptor TelemetryTwice = Create(
        "VMS130", "telemetry-twice", "'post_to_api_vm' runs more than once", "call it once, before the creation");

    public static readonly DiagnosticDescriptor TelemetryLate = Create(
        "VMS131", "telemetry-late", "'post_to_api_vm' runs after 'qm create'", "call it before the creation");

    public static readonly DiagnosticDescriptor SectionBounds = Create(
        "VMS140", "section-bounds", "the creation section has no lines of its own",
        "begin and end the creation on lines of its own, after the storage is chosen", Repeated);

    public static readonly DiagnosticDescriptor OtherMeaning = Create(
        "VMS141", "other-meaning", "a command of the creation section means something else in a function or a subshell",
        "move it out of the creation section, or write it in another way", Repeated);

    public static readonly DiagnosticDescriptor TrapInSection = Create(
        "VMS142", "trap-in-section", "the creation section sets a trap on ERR or EXIT",
        "set the trap before the storage is chosen", Repeated);

    public static readonly DiagnosticDescriptor ChangeOutside = Create(
        "VMS143", "change-outside", "a command after the creation section changes the node",
        "move it into the function that creates the VM", Repeated);

    public static readonly DiagnosticDescriptor ErrorsIgnored = Create(
        "VMS150", "errors-ignored", "errors do not end the script", "add 'set -e' before the creation",
        "Recovery stops at the first error. A script that goes on after errors may rely on that.");

    public static readonly DiagnosticDescriptor HandlerInSection = Create(
        "VMS160", "handler-in-section", "a function that handles a trap is defined in the creation section",
        "define it before the storage is chosen", Repeated);

    public static readonly DiagnosticDescriptor TrapDestroys = Create(
        "VMS161", "trap-destroys", "a trap destroys the VM in a way that recovery can't prevent",
        "put 'qm stop' and 'qm destroy' into a function of the top level, and let the trap call it",
        "The VM may be somebody else's, or one that the user has chosen to keep.");

    public static readonly DiagnosticDescriptor FailureDestroys = Create(
        "VMS162", "failure-destroys", "a failed command leads to 'qm destroy' before the user is asked",
        "let the command fail by itself, without '|| …'", "After a VMID conflict the VM is somebody else's.");

    public static readonly DiagnosticDescriptor AlwaysStops = Create(
        "VMS170", "always-stops", "the script stops before the creation, because a command is not defined",
        "call the function by the name that it is defined with");

    public static readonly DiagnosticDescriptor TooLong = Create(
        "VMS180", "too-long", "the patched script is longer than one argument may be",
        "load the library instead of carrying it along",
        "Scripts are run as bash -c \"$(curl …)\", and Linux takes at most 128 KiB in one argument.");

    public static readonly DiagnosticDescriptor UnsafePatch = Create(
        "VMS181", "unsafe-patch", "the patch would change more than it should",
        "report the script, please: the patcher did not foresee its shape");

    /// <summary>All of them, in the order of their ids.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        Syntax, DamagedMarker, NoCreate, CreateNotCalled, SecondCreate, HiddenCommand, StorageNotChosen, VmidNotChosen,
        TelemetryTwice, TelemetryLate, SectionBounds, OtherMeaning, TrapInSection, ChangeOutside, ErrorsIgnored,
        HandlerInSection, TrapDestroys, FailureDestroys, AlwaysStops, TooLong, UnsafePatch,
    ];

    private static DiagnosticDescriptor Create(string id, string name, string summary, string help, string rationale = "") =>
        new() { Id = id, Name = name, Category = Category, Summary = summary, Help = help, Rationale = rationale };
}
