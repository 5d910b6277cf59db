using System.Collections.Immutable;
using VmRecovery.Bash.Syntax;

namespace VmRecovery.Scripts.Semantics;

/// <summary>A function that a trap calls, with the trap: the usual form of an error handler.</summary>
/// <param name="Trap">The trap.</param>
/// <param name="Function">The function.</param>
/// <param name="Call">The command in the trap's string that calls it.</param>
internal sealed record Handler(Trap Trap, ScriptFunction Function, ScriptCommand Call)
{
    /// <summary>
    /// Whether the trap gives the exit status to the function: as argument, or saved before the call.
    /// </summary>
    public bool GetsStatus =>
        Trap.Handler is { } word && WordText.Constants(word).Contains("$?", StringComparison.Ordinal)
        || Trap.Handler is { } handler && WordText.Expands(handler, "?");

    /// <summary>The first statement of the function; null when it has none.</summary>
    public Statement? First => Function.Body is [var first, ..] ? first : null;

    /// <summary>The variable that the first statement sets to <c>$?</c>; null when it does not.</summary>
    public string? StatusVariable
    {
        get
        {
            ImmutableArray<Assignment> assignments = First?.Command switch
            {
                SimpleCommand { Words.IsEmpty: true } simple => simple.Assignments,
                Declaration declaration => [.. declaration.Arguments.OfType<Assignment>()],
                _ => [],
            };
            return assignments
                .FirstOrDefault(a => a.Value is { } value && CommandArgument.SingleExpansionOf(value) is { Name: "?" })
                ?.Name;
        }
    }

    /// <summary>The commands of the function that are no part of a nested function.</summary>
    public IReadOnlyList<ScriptCommand> Commands => Function.Commands;

    /// <summary>Whether the function looks at <c>BASH_SUBSHELL</c>.</summary>
    public bool LooksAtSubshell => WordText.Expands(Function.Definition, "BASH_SUBSHELL");

    /// <summary>Whether the function switches the ERR trap or errexit off.</summary>
    public bool DisarmsItself =>
        Commands.Any(c =>
            c.Program == "trap" && c.Arguments is [{ Text: "-" or "" }, ..] && c.HasArgument("ERR")
            || c.Program == "set"
                && c.Arguments is [{ Text: ['+', ..] flags }, ..]
                && flags.Contains('e', StringComparison.Ordinal)
        );

    /// <summary>Whether the function, or one that it calls, leaves the script.</summary>
    public bool Exits(VmScript script) => script.Exits(Function);
}
