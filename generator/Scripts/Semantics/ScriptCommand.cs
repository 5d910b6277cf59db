using System.Collections.Immutable;
using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;

namespace VmRecovery.Scripts.Semantics;

/// <summary>A simple command or declaration, and the circumstances under which it runs.</summary>
internal sealed class ScriptCommand
{
    /// <summary>The command as written.</summary>
    public required Command Node { get; init; }

    /// <summary>The innermost statement around the command.</summary>
    public required Statement Statement { get; init; }

    /// <summary>The statements around <see cref="Statement"/>, and its index among them.</summary>
    public required StatementPosition Position { get; init; }

    /// <summary>The function in which it stands; null at the top level.</summary>
    public ScriptFunction? Function { get; init; }

    /// <summary>The trap in whose string it stands; null elsewhere.</summary>
    public Trap? Trap { get; init; }

    /// <summary>Number of the command in the order of the text.</summary>
    public required int Index { get; init; }

    /// <summary>The program behind wrappers and folders; null when it is not constant.</summary>
    public string? Program { get; init; }

    /// <summary>The word that names the program; null for assignments without a command.</summary>
    public Word? ProgramWord { get; init; }

    /// <summary>The wrappers before the program, the outermost first.</summary>
    public IReadOnlyList<string> Wrappers { get; init; } = [];

    /// <summary>The arguments of the program.</summary>
    public ImmutableArray<CommandArgument> Arguments { get; init; } = [];

    /// <summary>The assignments before the command, or all of it.</summary>
    public ImmutableArray<Assignment> Assignments { get; init; } = [];

    /// <summary>The operation on VMs or volumes; null for other commands.</summary>
    public NodeOperation? Operation { get; init; }

    /// <summary>The places that its output streams lead to.</summary>
    public OutputStreams Streams { get; init; }

    /// <summary>
    /// Whether its status is tested, so that a failure neither ends the script nor fires the ERR trap: it stands in a
    /// condition, after <c>!</c>, or before <c>&amp;&amp;</c> or <c>||</c>, itself or a construct around it.
    /// </summary>
    public bool IsTested { get; init; }

    /// <summary>Whether a later command of its pipeline gives the status.</summary>
    public bool IsPipedInto { get; init; }

    /// <summary>The command substitution, or process substitution, in which it stands; null outside.</summary>
    public WordPart? Substitution { get; init; }

    /// <summary>Number of subshells around it, substitutions and pipelines included.</summary>
    public int SubshellDepth { get; init; }

    /// <summary>Number of loops around it in its function.</summary>
    public int LoopDepth { get; init; }

    /// <summary>Whether it runs in the background.</summary>
    public bool IsBackground { get; init; }

    /// <summary>Whether it stands in a string that is code: a trap, <c>eval</c> or <c>bash -c</c>.</summary>
    public bool IsInString { get; init; }

    /// <summary>The first command of an or-list after it that handles its failure; null when none does.</summary>
    public Command? Alternative { get; init; }

    /// <summary>The bytes of the command.</summary>
    public TextSpan Span => Node.Span;

    /// <summary>The redirections of the command itself.</summary>
    public ImmutableArray<Redirect> Redirects => Node.Redirects;

    /// <summary>
    /// The first argument that is no option, as text: the verb of <c>qm</c>, <c>apt-get</c>, <c>systemctl</c>.
    /// </summary>
    public string? Verb => FirstOperand is { } operand ? operand.Text : null;

    /// <summary>The first argument that is no option.</summary>
    public CommandArgument? FirstOperand
    {
        get
        {
            foreach (var argument in Arguments)
            {
                if (argument.Text is not { Length: > 1 } text || text[0] != '-')
                    return argument;
            }
            return null;
        }
    }

    /// <summary>The options when the command begins, errexit only where it works.</summary>
    public ShellOptions Options => IsTested ? Resolved with { Errexit = OptionValue.Off } : Resolved;

    internal ShellOptions Recorded { get; init; }

    private ShellOptions Resolved => Function is null ? Recorded : Function.EntryOptions.After(Recorded);

    /// <summary>Whether an argument has this text.</summary>
    public bool HasArgument(string text)
    {
        foreach (var argument in Arguments)
        {
            if (argument.Text == text)
                return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Program ?? "?"} at {Span.Start}";
}
