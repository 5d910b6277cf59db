using VmRecovery.Scripts.Shell;

namespace VmRecovery.Scripts.Patching;

/// <summary>The parts of a VM script that recovery needs to know, found by structure.</summary>
internal sealed record ScriptShape
{
    /// <summary>The statements of the creation section, in order; never empty.</summary>
    public required IReadOnlyList<SyntaxNode> Section { get; init; }

    /// <summary>The line before which the section begins: behind the storage choice and its messages.</summary>
    public required int SectionLine { get; init; }

    /// <summary>The line before which it ends: that of a final <c>exit</c> or of a closing brace, or behind the last one.</summary>
    public required int RunLine { get; init; }

    /// <summary>A name that nothing in the script has, for the section as a function.</summary>
    public required string SectionName { get; init; }

    /// <summary>How and where the library gets into it.</summary>
    public required LibraryLoad Load { get; init; }

    /// <summary>Functions of the script that destroy the VM of its number from a trap, whoever made it.</summary>
    public required IReadOnlyList<CleanUp> CleanUps { get; init; }

    /// <summary>The library's names that stand for others in this script, as <c>VMID=VM_ID</c>; usually empty.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The section uses the arguments of the script, or of the function that it stands in.</summary>
    public required bool UsesArguments { get; init; }
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
