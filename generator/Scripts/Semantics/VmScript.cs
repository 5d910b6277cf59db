using System.Collections.Frozen;
using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Semantics;

/// <summary>
/// The facts of a bash script that patching and linting share: functions and who calls whom, commands and what they
/// reach, traps with their handlers, options in force, assignments, and the section that creates a VM.
/// </summary>
internal sealed class VmScript
{
    private VmScript(SourceFile file, BashSyntaxTree tree, ScriptReader reader)
    {
        File = file;
        Tree = tree;
        Functions = reader.Functions.ToFrozenDictionary(StringComparer.Ordinal);
        Commands = reader.Commands;
        Calls = reader.Calls;
        Traps = reader.Traps;
        Assignments = reader.Assignments;
        Statements = reader.Statements;
        positions = reader.Positions;
        FinalOptions = reader.Options;
        IsExecutable = reader.IsExecutable;
        Creation = CreationSection.Find(this);
        Settings = VmSettings.Find(this);
    }

    /// <summary>The file.</summary>
    public SourceFile File { get; }

    /// <summary>The syntax tree.</summary>
    public BashSyntaxTree Tree { get; }

    /// <summary>
    /// Whether the script begins with a <c>#!</c> line: a file without is sourced, and options are not its own.
    /// </summary>
    public bool IsExecutable { get; }

    /// <summary>The functions by name.</summary>
    public FrozenDictionary<string, ScriptFunction> Functions { get; }

    /// <summary>The commands in the order of the text, those in strings that are code included.</summary>
    public IReadOnlyList<ScriptCommand> Commands { get; }

    /// <summary>The calls of the script's functions in the order of the text.</summary>
    public IReadOnlyList<FunctionCall> Calls { get; }

    /// <summary>The calls of <c>trap</c> in the order of the text.</summary>
    public IReadOnlyList<Trap> Traps { get; }

    /// <summary>The assignments in the order of the text.</summary>
    public IReadOnlyList<VariableAssignment> Assignments { get; }

    /// <summary>All statements in the order of the text, outer ones first.</summary>
    public IReadOnlyList<Statement> Statements { get; }

    /// <summary>The options at the end of the top level.</summary>
    public ShellOptions FinalOptions { get; }

    /// <summary>The section that creates the VM; null when no command does.</summary>
    public CreationSection? Creation { get; }

    /// <summary>The variables that hold the VM's number, storage, memory, cores and disk size.</summary>
    public VmSettings Settings { get; }

    /// <summary>Whether a command changes VMs or volumes.</summary>
    public bool WorksOnVms => Commands.Any(c => c.Operation is { Changes: true });

    /// <summary>The commands that remove VMs or volumes.</summary>
    public IEnumerable<ScriptCommand> Cleanups =>
        Commands.Where(c => c.Operation is { Verb: NodeVerb.Destroy or NodeVerb.Free });

    /// <summary>Reads the facts of a script.</summary>
    public static VmScript Read(SourceFile file) => Read(file, BashSyntaxTree.Parse(file.Content));

    /// <summary>Reads the facts of a script whose tree is known.</summary>
    public static VmScript Read(SourceFile file, BashSyntaxTree tree)
    {
        var reader = new ScriptReader(file, tree);
        reader.Read();
        return new VmScript(file, tree, reader);
    }

    /// <summary>The functions that traps call, a handler each.</summary>
    public IReadOnlyList<Handler> Handlers =>
        handlers ??= [
            .. from trap in Traps
            from command in trap.Commands
            where command.Function is null && command.Program is not null && Functions.ContainsKey(command.Program)
            select new Handler(trap, Functions[command.Program!], command),
        ];

    private IReadOnlyList<Handler>? handlers;

    /// <summary>Variables with text from a guest or the network, and where they get it.</summary>
    public IReadOnlyDictionary<string, List<VariableAssignment>> ForeignText =>
        foreignText ??= Semantics.ForeignText.Find(this);

    private IReadOnlyDictionary<string, List<VariableAssignment>>? foreignText;

    /// <summary>Variables that a pattern, a regular expression or <c>case</c> looks at.</summary>
    public IReadOnlySet<string> TestedVariables => testedVariables ??= Semantics.ForeignText.Tested(this);

    private IReadOnlySet<string>? testedVariables;

    /// <summary>Functions that handlers reach and that destroy a VM without asking whether this run made it.</summary>
    public IReadOnlyList<ScriptFunction> UnownedDestroyers => unownedDestroyers ??= Ownership.UnownedDestroyers(this);

    private IReadOnlyList<ScriptFunction>? unownedDestroyers;

    /// <summary>Returns the facts of a command; null when it is no simple command and no declaration.</summary>
    public ScriptCommand? CommandOf(Command? node) =>
        node is null
            ? null
            : (byNode ??= Commands.DistinctBy(c => c.Node).ToDictionary(c => c.Node)).GetValueOrDefault(node);

    private Dictionary<Command, ScriptCommand>? byNode;

    /// <summary>Returns where a statement stands among its siblings; null for code in strings.</summary>
    public StatementPosition? PositionOf(Statement statement) =>
        positions.TryGetValue(statement, out var position) ? position : null;

    private readonly Dictionary<Statement, StatementPosition> positions;

    /// <summary>The commands whose innermost substitution is the given one.</summary>
    public IEnumerable<ScriptCommand> CommandsIn(WordPart substitution) =>
        (bySubstitution ??= Commands.Where(c => c.Substitution is not null).ToLookup(c => c.Substitution!))[
            substitution
        ];

    private ILookup<WordPart, ScriptCommand>? bySubstitution;

    /// <summary>The innermost function around an offset; null at the top level.</summary>
    public ScriptFunction? FunctionAt(int offset) =>
        Functions.Values.Where(f => f.Definition.Span.Contains(offset)).MaxBy(f => f.Definition.Span.Start);

    /// <summary>The downloads in the order of the text.</summary>
    public IReadOnlyList<Download> Downloads => downloads ??= [.. Commands.Select(Download.Of).OfType<Download>()];

    private IReadOnlyList<Download>? downloads;

    /// <summary>Whether a function, or one that it calls, leaves the script.</summary>
    public bool Exits(ScriptFunction function) =>
        Reach([function])
            .Any(f =>
                f.Commands.Any(c =>
                    c.Program is "exit" or "exec" && c.SubshellDepth == 0 || c.Program == "kill" && c.HasArgument("$$")
                )
            );

    /// <summary>The functions that run when a trap fires, with those that they call.</summary>
    public IReadOnlySet<ScriptFunction> FunctionsInHandlers =>
        functionsInHandlers ??= Reach(Traps.SelectMany(t => t.Functions));

    private IReadOnlySet<ScriptFunction>? functionsInHandlers;

    /// <summary>The functions reached by calls from the given ones, these included.</summary>
    public IReadOnlySet<ScriptFunction> Reach(IEnumerable<ScriptFunction> from)
    {
        var reached = new HashSet<ScriptFunction>();
        var waiting = new Queue<ScriptFunction>(from);
        while (waiting.TryDequeue(out var function))
        {
            if (!reached.Add(function))
                continue;
            foreach (var command in function.Commands)
            {
                if (command.Program is { } name && Functions.TryGetValue(name, out var called))
                    waiting.Enqueue(called);
            }
        }
        return reached;
    }
}
