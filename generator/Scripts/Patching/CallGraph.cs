using VmRecovery.Bash.Syntax;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Patching;

/// <summary>The commands that running a part of a script may reach, those of the functions that it calls included.</summary>
internal sealed class CallGraph
{
    private readonly VmScript script;
    private readonly Dictionary<SyntaxNode, IReadOnlyList<ScriptCommand>> direct = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<ScriptCommand> inHereDocuments;
    private readonly ILookup<string, ParameterExpansion> assigningExpansions;

    public CallGraph(VmScript script)
    {
        this.script = script;
        inHereDocuments = [.. script.Commands.Where(c => c.Node.Ancestors().Any(a => a is HereDocument))];
        var definitions = new List<FunctionDefinition>();
        var expansions = new List<ParameterExpansion>();
        foreach (var node in script.Tree.Root.DescendantsAndSelf())
        {
            if (node is FunctionDefinition definition)
                definitions.Add(definition);
            else if (node is ParameterExpansion { Operator: ParameterOperator.Assign or ParameterOperator.AssignOrNull } expansion)
                expansions.Add(expansion);
        }
        Definitions = definitions.ToLookup(d => d.Name, StringComparer.Ordinal);
        assigningExpansions = expansions.ToLookup(e => e.Name, StringComparer.Ordinal);
    }

    /// <summary>The definitions of each function; bash uses the last one that it has read.</summary>
    public ILookup<string, FunctionDefinition> Definitions { get; }

    /// <summary>Whether the script defines a function of that name.</summary>
    public bool Defines(string name) => script.Functions.ContainsKey(name);

    /// <summary>
    /// The commands that running <paramref name="node"/> may run itself: handlers of traps and functions that it only
    /// defines are left out.
    /// </summary>
    public IReadOnlyList<ScriptCommand> DirectCommands(SyntaxNode node)
    {
        if (direct.TryGetValue(node, out var known))
            return known;
        var found = script.Commands
            .Where(c => c.Trap is null && IsWithin(node, c) && !IsDefinedWithin(node, c.Function))
            .ToList();
        direct[node] = found;
        return found;
    }

    /// <summary>Whether running <paramref name="node"/> may, itself or through functions, run such a command.</summary>
    public bool Runs(SyntaxNode node, Func<ScriptCommand, bool> wanted) => AllCommands(node).Any(wanted);

    /// <summary>Whether running <paramref name="node"/> may, itself or through functions, give a variable a value.</summary>
    /// <remarks>An empty constant is no value: <c>VMID=""</c> only prepares the variable.</remarks>
    public bool Sets(SyntaxNode node, string variable) => AllBodies(node).Any(body =>
        script.Assignments.Any(a => a.Name == variable && a.Command.Trap is null && GivesValue(a) && body.Span.Contains(a.Span) && !IsDefinedWithin(body, a.Function))
        || assigningExpansions[variable].Any(e => body.Span.Contains(e.Span) && !IsDefinedWithin(body, FunctionAround(e)))
        || DirectCommands(body).Any(c => c.Program is "read" or "printf" or "mapfile" && c.HasArgument(variable)));

    /// <summary>The commands that running <paramref name="node"/> may reach: its own first, then those of functions.</summary>
    public IEnumerable<ScriptCommand> AllCommands(SyntaxNode node) => AllBodies(node).SelectMany(DirectCommands);

    /// <summary>The node itself, then the body of every function that running it may call.</summary>
    public IEnumerable<SyntaxNode> AllBodies(SyntaxNode node)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<SyntaxNode>([node]);
        while (waiting.TryPop(out var body))
        {
            yield return body;
            foreach (var name in DirectCommands(body).SelectMany(NamesOf))
            {
                if (!seen.Add(name))
                    continue;
                foreach (var function in Definitions[name])
                    waiting.Push(function.Body);
            }
        }
    }

    /// <summary>Whether an assignment gives more than an empty constant.</summary>
    public static bool GivesValue(VariableAssignment assignment) => assignment switch
    {
        { Node: null } => !assignment.IsLocal,
        { Node.Array: not null } => true,
        { Node.Value: null } => false,
        { Node.Value.ConstantText: "" } => false,
        _ => true,
    };

    // 'run qm create' calls 'run', too.
    private static IEnumerable<string> NamesOf(ScriptCommand command)
    {
        foreach (var wrapper in command.Wrappers)
            yield return wrapper;
        if (command.Program is { } program)
            yield return program;
    }

    private bool IsWithin(SyntaxNode node, ScriptCommand command) =>
        node.Span.Contains(command.Span) || inHereDocuments.Contains(command) && command.Node.Ancestors().Contains(node);

    private static bool IsDefinedWithin(SyntaxNode node, ScriptFunction? function) =>
        function is not null && node.Span.Contains(function.Definition.Span);

    private ScriptFunction? FunctionAround(SyntaxNode node) =>
        node.Ancestors().OfType<FunctionDefinition>().FirstOrDefault() is { } definition
            ? script.Functions.GetValueOrDefault(definition.Name)
            : null;
}
