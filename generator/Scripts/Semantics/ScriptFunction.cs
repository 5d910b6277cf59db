using System.Collections.Immutable;
using VmRecovery.Bash.Syntax;

namespace VmRecovery.Scripts.Semantics;

/// <summary>A function of a script.</summary>
internal sealed class ScriptFunction(FunctionDefinition definition)
{
    private readonly List<FunctionCall> calls = [];
    private readonly List<ScriptCommand> commands = [];
    private readonly List<Trap> traps = [];
    private ShellOptions? entryOptions;
    private bool isResolving;

    /// <summary>The definition; of several with one name, the last.</summary>
    public FunctionDefinition Definition { get; } = definition;

    /// <summary>The name.</summary>
    public string Name => Definition.Name;

    /// <summary>The statements of the body; empty when the body is no group and no subshell.</summary>
    public ImmutableArray<Statement> Body =>
        Definition.Body switch
        {
            Group group => group.Body,
            Subshell subshell => subshell.Body,
            _ => [],
        };

    /// <summary>The calls of this function, traps excluded.</summary>
    public IReadOnlyList<FunctionCall> Calls => calls;

    /// <summary>The commands in the body, in the order of the text; those of nested functions excluded.</summary>
    public IReadOnlyList<ScriptCommand> Commands => commands;

    /// <summary>The traps whose handler calls this function.</summary>
    public IReadOnlyList<Trap> Traps => traps;

    /// <summary>Number of statements in the body, those in compound commands included.</summary>
    public int StatementCount { get; internal set; }

    /// <summary>Whether the body runs its own arguments: <c>"$@"</c> as a command.</summary>
    public bool RunsItsArguments { get; internal set; }

    /// <summary>
    /// The options when the function begins, joined over its calls; errexit is off where the call is tested. Unknown
    /// when nothing calls it.
    /// </summary>
    public ShellOptions EntryOptions
    {
        get
        {
            if (entryOptions is { } known)
                return known;
            if (isResolving)
                return ShellOptions.AllUnknown;
            isResolving = true;
            ShellOptions? joined = null;
            // A call from a function that is being resolved is a recursion: it adds nothing.
            foreach (var call in calls.Where(c => c.Caller is not { isResolving: true }))
                joined = joined is { } before ? before.Join(call.Command.Options) : call.Command.Options;
            foreach (var trap in traps)
                joined = joined is { } before ? before.Join(trap.Options) : trap.Options;
            isResolving = false;
            entryOptions = joined ?? ShellOptions.AllUnknown;
            return entryOptions.Value;
        }
    }

    /// <summary>The options that the body leaves behind.</summary>
    internal ShellOptions ExitOptions { get; set; } = ShellOptions.AllInherited;

    internal void Add(FunctionCall call) => calls.Add(call);

    internal void Add(ScriptCommand command) => commands.Add(command);

    internal void Add(Trap trap) => traps.Add(trap);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
