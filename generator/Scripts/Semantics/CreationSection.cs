using VmRecovery.Bash.Text;

namespace VmRecovery.Scripts.Semantics;

/// <summary>
/// The part of a script that makes a VM: from the first command that does to the last that works on it.
/// </summary>
/// <param name="First">The command that makes the VM.</param>
/// <param name="Last">The last command after it, in the same function or at the top level, that changes the
/// node.</param>
internal sealed record CreationSection(ScriptCommand First, ScriptCommand Last)
{
    /// <summary>The bytes of the section.</summary>
    public TextSpan Span => new(First.Span.Start, Math.Max(First.Span.End, Last.Span.End));

    /// <summary>Whether a command of the same function, or of the top level, comes after the VM was made.</summary>
    public bool IsAfterCreation(ScriptCommand command) =>
        command.Function == First.Function && command.Trap is null && command.Span.Start > First.Span.Start;

    internal static CreationSection? Find(VmScript script)
    {
        ScriptCommand? first = null,
            last = null;
        foreach (var command in script.Commands)
        {
            if (command.Operation is not { Changes: true } operation || command.Trap is not null)
                continue;
            if (first is null && operation.Verb == NodeVerb.Create)
                first = command;
            if (first is not null && command.Function == first.Function)
                last = command;
        }
        return first is null ? null : new CreationSection(first, last ?? first);
    }
}
