using VmRecovery.Bash.Syntax;

namespace VmRecovery.Scripts.Semantics;

/// <summary>The circumstances of the command that is being read.</summary>
internal readonly record struct ReadingContext
{
    /// <summary>The function; null at the top level.</summary>
    public ScriptFunction? Function { get; init; }

    /// <summary>The trap in whose string the command stands.</summary>
    public Trap? Trap { get; init; }

    /// <summary>The innermost statement and its siblings.</summary>
    public StatementPosition Position { get; init; }

    /// <summary>Whether the status is tested.</summary>
    public bool IsTested { get; init; }

    /// <summary>Whether a later command of the pipeline gives the status.</summary>
    public bool IsPipedInto { get; init; }

    /// <summary>The innermost substitution.</summary>
    public WordPart? Substitution { get; init; }

    /// <summary>Number of subshells.</summary>
    public int SubshellDepth { get; init; }

    /// <summary>Number of loops in the function.</summary>
    public int LoopDepth { get; init; }

    /// <summary>Whether the command runs in the background.</summary>
    public bool IsBackground { get; init; }

    /// <summary>Whether the command stands in a string.</summary>
    public bool IsInString { get; init; }

    /// <summary>The command that runs when this one fails.</summary>
    public Command? Alternative { get; init; }

    /// <summary>The output streams of the construct around the command.</summary>
    public OutputStreams Streams { get; init; }

    /// <summary>The context of a subshell in this one.</summary>
    public ReadingContext InSubshell() => this with { SubshellDepth = SubshellDepth + 1 };
}
