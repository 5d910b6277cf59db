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
        FinalOptions = reader.Options;
        IsExecutable = reader.IsExecutable;
        Creation = CreationSection.Find(this);
        Settings = VmSettings.Find(this);
    }

    /// <summary>The file.</summary>
    public SourceFile File { get; }

    /// <summary>The syntax tree.</summary>
    public BashSyntaxTree Tree { get; }

    /// <summary>Whether the script begins with a <c>#!</c> line: a file without is sourced, and options are not its own.</summary>
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

    /// <summary>The functions that run when a trap fires, with those that they call.</summary>
    public IReadOnlySet<ScriptFunction> FunctionsInHandlers => functionsInHandlers ??= Reach(Traps.SelectMany(t => t.Functions));

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
