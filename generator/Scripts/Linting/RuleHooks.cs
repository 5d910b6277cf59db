using VmRecovery.Bash.Syntax;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting;

/// <summary>
/// The calls that rules asked for, by kind of fact. Built once; one walk over a script serves all rules.
/// </summary>
internal sealed class RuleHooks
{
    private readonly List<Hook<SyntaxNode>>?[] nodes = new List<Hook<SyntaxNode>>?[Enum.GetValues<SyntaxKind>().Length];
    private readonly Dictionary<string, List<Hook<ScriptCommand>>> programs = new(StringComparer.Ordinal);
    private LintRule? current;

    /// <summary>A call of a rule.</summary>
    internal readonly record struct Hook<T>(LintRule Rule, Action<T, RuleContext> Action);

    internal List<Hook<ScriptCommand>> AllCommands { get; } = [];

    internal List<Hook<Trap>> Traps { get; } = [];

    internal List<Hook<ScriptFunction>> Functions { get; } = [];

    internal List<Hook<FunctionCall>> Calls { get; } = [];

    internal List<Hook<VariableAssignment>> Assignments { get; } = [];

    internal List<Hook<VmScript>> Scripts { get; } = [];

    /// <summary>Whether a rule wants nodes of the tree itself.</summary>
    internal bool WantsNodes { get; private set; }

    /// <summary>Registers the rules.</summary>
    public static RuleHooks Of(IEnumerable<LintRule> rules)
    {
        var hooks = new RuleHooks();
        foreach (var rule in rules)
        {
            hooks.current = rule;
            rule.Register(hooks);
        }
        return hooks;
    }

    /// <summary>Asks for the nodes of a kind.</summary>
    public void OnNode<T>(SyntaxKind kind, Action<T, RuleContext> action)
        where T : SyntaxNode
    {
        WantsNodes = true;
        (nodes[(int)kind] ??= []).Add(new Hook<SyntaxNode>(current!, (node, context) => action((T)node, context)));
    }

    /// <summary>Asks for all commands.</summary>
    public void OnCommand(Action<ScriptCommand, RuleContext> action) => AllCommands.Add(new(current!, action));

    /// <summary>Asks for the commands that reach one of some programs.</summary>
    public void OnCommand(ReadOnlySpan<string> names, Action<ScriptCommand, RuleContext> action)
    {
        foreach (var name in names)
        {
            if (!programs.TryGetValue(name, out var hooks))
                programs.Add(name, hooks = []);
            hooks.Add(new(current!, action));
        }
    }

    /// <summary>Asks for the traps.</summary>
    public void OnTrap(Action<Trap, RuleContext> action) => Traps.Add(new(current!, action));

    /// <summary>Asks for the functions.</summary>
    public void OnFunction(Action<ScriptFunction, RuleContext> action) => Functions.Add(new(current!, action));

    /// <summary>Asks for the calls of functions.</summary>
    public void OnCall(Action<FunctionCall, RuleContext> action) => Calls.Add(new(current!, action));

    /// <summary>Asks for the assignments.</summary>
    public void OnAssignment(Action<VariableAssignment, RuleContext> action) => Assignments.Add(new(current!, action));

    /// <summary>Asks for the script as a whole.</summary>
    public void OnScript(Action<VmScript, RuleContext> action) => Scripts.Add(new(current!, action));

    internal List<Hook<SyntaxNode>>? ForNode(SyntaxKind kind) => nodes[(int)kind];

    internal List<Hook<ScriptCommand>>? ForProgram(string program) => programs.GetValueOrDefault(program);
}
