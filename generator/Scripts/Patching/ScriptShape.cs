using System.Collections.Immutable;
using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Patching;

/// <summary>The parts of a VM script that recovery needs to know, found by structure.</summary>
internal sealed record ScriptShape
{
    /// <summary>The statements of the creation section, in order; never empty.</summary>
    public required ImmutableArray<Statement> Section { get; init; }

    /// <summary>The line before which the section begins: after the storage choice and its messages.</summary>
    public required int SectionLine { get; init; }

    /// <summary>The line before which it ends: that of a final <c>exit</c> or of a closing brace, or after the last one.</summary>
    public required int RunLine { get; init; }

    /// <summary>A name that nothing in the script has, for the section as a function.</summary>
    public required string SectionName { get; init; }

    /// <summary>The way in which the library gets into the script.</summary>
    public required LibraryLoad Load { get; init; }

    /// <summary>Functions of the script that destroy the VM of its number from a trap, even if another run made it.</summary>
    public required ImmutableArray<CleanUp> CleanUps { get; init; }

    /// <summary>The library's names that stand for others in this script, as <c>VMID=VM_ID</c>; usually empty.</summary>
    public required ImmutableArray<string> Aliases { get; init; }

    /// <summary>Whether the section uses the arguments of the script, or of the function that it stands in.</summary>
    public required bool UsesArguments { get; init; }
}

/// <summary>The result of looking at a script: its shape, or the reason why it can't be patched.</summary>
/// <param name="Shape">The shape; null when there is none.</param>
/// <param name="Refusal">The reason; null when there is a shape.</param>
internal sealed record Recognition(ScriptShape? Shape, Diagnostic? Refusal)
{
    /// <summary>Whether the script calls <c>vm_create_with_recovery</c> by itself: there is nothing to patch.</summary>
    public bool HasOwnRecovery { get; init; }
}
