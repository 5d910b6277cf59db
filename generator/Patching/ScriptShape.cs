using VmRecovery.Shell;

namespace VmRecovery.Patching;

/// <summary>The parts of a VM script that recovery needs to know, found by structure.</summary>
internal sealed record ScriptShape
{
    /// <summary>The top-level statements of the creation section, in order; never empty.</summary>
    public required IReadOnlyList<SyntaxNode> Section { get; init; }

    /// <summary>The statement before the section: the end of the storage choice, its messages included.</summary>
    public required SyntaxNode BeforeSection { get; init; }

    /// <summary>The first top-level statement behind the section: a final <c>exit</c>; usually null.</summary>
    public required SyntaxNode? AfterSection { get; init; }

    /// <summary>A name that nothing in the script has, for the section as a function.</summary>
    public required string SectionName { get; init; }

    /// <summary>The last top-level statement that loads a library over the network; null in scripts without any.</summary>
    public required SyntaxNode? LibraryLoad { get; init; }

    /// <summary>How the script fetches its libraries, with the address of ours: a command that prints it.</summary>
    public required string FetchCommand { get; init; }

    /// <summary>Whether the script loads vm-core.func itself (a Gen-2 script).</summary>
    public required bool LoadsVmCore { get; init; }

    /// <summary>Functions of the script that destroy the VM of <c>$VMID</c> from a trap, whoever made it.</summary>
    public required IReadOnlyList<FunctionDeclaration> CleanUps { get; init; }

    /// <summary>The call of <c>post_to_api_vm</c>; null in scripts older than telemetry.</summary>
    public required Call? TelemetryStart { get; init; }

    /// <summary>The traps that are set before the section.</summary>
    public required IReadOnlyList<Call> Traps { get; init; }

    /// <summary>What the section does that costs time or changes the node, in order.</summary>
    public required IReadOnlyList<Call> NodeCommands { get; init; }

    /// <summary>The first call that types into a guest; from there on nothing can be repeated.</summary>
    public required Call? FirstSendkey { get; init; }
}

/// <summary>Why a script can't be patched: which element is missing or ambiguous, and where to look.</summary>
/// <param name="Element">A short fixed name, for machines: <c>qm-create</c>, <c>storage-choice</c>, …</param>
/// <param name="Line">From 1; 0 when it is about the whole script.</param>
/// <param name="Message">What was found and what was expected.</param>
internal sealed record Refusal(string Element, int Line, string Message);

/// <summary>What looking at a script gave: its shape, or why there is none.</summary>
internal sealed record Recognition(ScriptShape? Shape, Refusal? Refusal)
{
    /// <summary>The script calls <c>vm_create_with_recovery</c> by itself: there is nothing to patch.</summary>
    public bool HasOwnRecovery { get; init; }
}
