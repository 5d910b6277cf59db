using System.Collections.Immutable;
using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;

namespace VmRecovery.Scripts.Semantics;

/// <summary>A call of <c>trap</c> that sets, ignores or resets handlers.</summary>
internal sealed class Trap
{
    private readonly List<ScriptCommand> commands = [];
    private readonly List<ScriptFunction> functions = [];

    /// <summary>The command.</summary>
    public required ScriptCommand Command { get; init; }

    /// <summary>The action.</summary>
    public required TrapAction Action { get; init; }

    /// <summary>
    /// The signals in bash's names without <c>SIG</c>, with their words: INT, TERM, HUP, ERR, EXIT, …
    /// </summary>
    public required ImmutableArray<TrapSignal> Signals { get; init; }

    /// <summary>The word with the handler; null without one.</summary>
    public Word? Handler { get; init; }

    /// <summary>The statements of the handler at their places in the script; empty when it is not constant.</summary>
    public ImmutableArray<Statement> Statements { get; internal set; } = [];

    /// <summary>The commands of the handler's string.</summary>
    public IReadOnlyList<ScriptCommand> Commands => commands;

    /// <summary>The functions of the script that the string calls.</summary>
    public IReadOnlyList<ScriptFunction> Functions => functions;

    /// <summary>The bytes of the command.</summary>
    public TextSpan Span => Command.Span;

    /// <summary>
    /// The options under which the handler runs: bash does not change them for a trap, and a script that sets traps has
    /// set its options by the time they fire.
    /// </summary>
    public ShellOptions Options { get; internal set; } = ShellOptions.AllUnknown;

    /// <summary>Whether it is for this signal.</summary>
    public bool IsFor(string signal)
    {
        foreach (var one in Signals)
        {
            if (one.Name == signal)
                return true;
        }
        return false;
    }

    internal void Add(ScriptCommand command) => commands.Add(command);

    internal void Add(ScriptFunction function) => functions.Add(function);
}

/// <summary>A signal of a trap.</summary>
/// <param name="Name">Upper case without <c>SIG</c>; EXIT for 0.</param>
/// <param name="Span">The bytes of the word.</param>
internal readonly record struct TrapSignal(string Name, TextSpan Span)
{
    /// <summary>Whether it asks the script to end: INT, TERM or HUP.</summary>
    public bool Ends => Name is "INT" or "TERM" or "HUP";

    /// <summary>The number of a signal that asks the script to end; 0 for others.</summary>
    public int Number =>
        Name switch
        {
            "HUP" => 1,
            "INT" => 2,
            "QUIT" => 3,
            "TERM" => 15,
            _ => 0,
        };

    /// <summary>Returns the name without case and prefix.</summary>
    public static string Normalize(string word)
    {
        var name = word.ToUpperInvariant();
        if (name.StartsWith("SIG", StringComparison.Ordinal) && name.Length > 3)
            name = name[3..];
        return name switch
        {
            "0" => "EXIT",
            "1" => "HUP",
            "2" => "INT",
            "3" => "QUIT",
            "15" => "TERM",
            _ => name,
        };
    }
}

/// <summary>The actions of <c>trap</c>.</summary>
internal enum TrapAction
{
    /// <summary>Runs code.</summary>
    Run,

    /// <summary>Ignores the signal: an empty string.</summary>
    Ignore,

    /// <summary>Restores the default: <c>-</c>.</summary>
    Reset,
}
