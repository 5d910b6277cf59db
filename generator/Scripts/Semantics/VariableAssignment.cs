using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;

namespace VmRecovery.Scripts.Semantics;

/// <summary>A place where a variable gets a value.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Node">The assignment; null for <c>read</c>, <c>for</c> and the like.</param>
/// <param name="Span">The bytes of the assignment or of the name.</param>
/// <param name="Command">The command that assigns.</param>
/// <param name="IsLocal">Whether it is declared with <c>local</c>, or with <c>declare</c> in a function.</param>
internal sealed record VariableAssignment(
    string Name,
    Assignment? Node,
    TextSpan Span,
    ScriptCommand Command,
    bool IsLocal
)
{
    /// <summary>The function in which it stands; null at the top level.</summary>
    public ScriptFunction? Function => Command.Function;

    /// <summary>The command substitution when the value is nothing else, quoted or not; null otherwise.</summary>
    public CommandSubstitution? Substitution =>
        Node?.Value is { } value
            ? value.Parts switch
            {
                [CommandSubstitution substitution] => substitution,
                [DoubleQuoted { Parts: [CommandSubstitution substitution] }] => substitution,
                _ => null,
            }
            : null;
}
