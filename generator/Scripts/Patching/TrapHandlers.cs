using System.Collections.Immutable;
using System.Text.RegularExpressions;
using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Patching;

/// <summary>A function that a trap reaches and that destroys the VM of the script's number, even if another run made it.</summary>
/// <param name="Function">The function.</param>
/// <param name="DoesMore">Whether it does other things, too, which must still be done.</param>
internal sealed record CleanUp(ScriptFunction Function, bool DoesMore)
{
    /// <summary>The programs of Proxmox VE by which the function removes something, sorted.</summary>
    public required ImmutableArray<string> Programs { get; init; }
}

/// <summary>The handlers of the traps that are set before the creation section.</summary>
internal sealed partial class TrapHandlers
{
    private readonly VmScript script;
    private readonly CallGraph graph;
    private readonly Refusals refusals;
    private readonly List<Trap> traps;

    public TrapHandlers(VmScript script, CallGraph graph, IEnumerable<Statement> before)
    {
        this.script = script;
        this.graph = graph;
        refusals = new Refusals(script);
        var reached = before.Where(s => s.Command is not FunctionDefinition).SelectMany(graph.AllCommands).ToHashSet();
        traps = [.. script.Traps.Where(t => reached.Contains(t.Command))];
        Functions = [.. script.Functions.Values.Where(f => traps.Any(t => Names(t).Contains(f.Name))).OrderBy(f => f.Definition.Span.Start)];
    }

    /// <summary>The functions that the handlers name, in the order of the text.</summary>
    public IReadOnlyList<ScriptFunction> Functions { get; }

    /// <summary>The functions that the handlers reach, in the order of the text.</summary>
    private IEnumerable<ScriptFunction> Reached
    {
        get
        {
            var bodies = Functions.SelectMany(f => graph.AllBodies(f.Definition.Body)).ToHashSet(ReferenceEqualityComparer.Instance);
            return script.Functions.Values.Where(f => bodies.Contains(f.Definition.Body)).OrderBy(f => f.Definition.Span.Start);
        }
    }

    /// <summary>Whether an error ends the script although errexit is off: the handler of ERR exits.</summary>
    public bool ExitOnError => traps.Where(t => t.IsFor("ERR")).Any(t =>
        ExitWord().IsMatch(Text(t)) || Functions.Any(f => Names(t).Contains(f.Name) && EndsWithExit(f)));

    /// <summary>Finds the functions that have to be kept from destroying a VM.</summary>
    /// <param name="section">The creation section.</param>
    /// <param name="refusal">The reason why a trap can't be kept from it; null when all can.</param>
    public ImmutableArray<CleanUp> CleanUps(IReadOnlyList<Statement> section, out Diagnostic? refusal)
    {
        refusal = Inline() ?? Hidden();
        var found = ImmutableArray.CreateBuilder<CleanUp>();
        foreach (var function in refusal is null ? Reached.Where(Removes) : [])
        {
            var more = !OnlyRemoves(function);
            refusal = Obstacle(function, more, section);
            if (refusal is not null)
                break;
            found.Add(new CleanUp(function, more)
            {
                Programs = [.. Removals(function).Select(c => c.Program ?? "").Distinct().Order(StringComparer.Ordinal)],
            });
        }
        return refusal is null ? found.ToImmutable() : [];
    }

    private Diagnostic? Inline()
    {
        var inline = traps.Find(t => t.Commands.Any(IsRemoval) || RemovalWords().IsMatch(Text(t)));
        return inline is null
            ? null
            : refusals.At(PortDiagnostics.TrapDestroys, inline.Span, "this trap destroys the VM itself, not through a function");
    }

    // A function that only removes things is replaced whole.
    private Diagnostic? Hidden() => (
        from function in Reached
        where !(Removes(function) && OnlyRemoves(function))
        from command in graph.DirectCommands(function.Definition.Body)
        where NodeVisibility.IsHidden(script, command)
        select refusals.At(PortDiagnostics.HiddenCommand, command.Span,
            $"{NodeVisibility.Describe(script, command)}, in '{function.Name}', which a trap reaches")).FirstOrDefault();

    private Diagnostic? Obstacle(ScriptFunction function, bool more, IReadOnlyList<Statement> section)
    {
        var span = function.Definition.Span;
        if (!script.Tree.Root.Statements.Any(s => ReferenceEquals(s.Command, function.Definition)))
            return refusals.At(PortDiagnostics.TrapDestroys, span, $"'{function.Name}' destroys the VM from a trap, and is not defined at the top level");
        if (more && section.Any(s => graph.Runs(s, c => c.Program == function.Name)))
            return refusals.At(PortDiagnostics.TrapDestroys, span, $"'{function.Name}' destroys the VM, both from a trap and in the creation section");
        return null;
    }

    private bool Removes(ScriptFunction function) => Removals(function).Any();

    private IEnumerable<ScriptCommand> Removals(ScriptFunction function) =>
        graph.DirectCommands(function.Definition.Body).Where(IsRemoval);

    // A program that is not constant counts when its first argument is the verb.
    private static bool IsRemoval(ScriptCommand command) =>
        command.Operation is { Verb: NodeVerb.Destroy or NodeVerb.Stop or NodeVerb.Free }
        || command is { Program: null, ProgramWord: not null, Verb: "destroy" or "stop" };

    private bool OnlyRemoves(ScriptFunction function) => graph.DirectCommands(function.Definition.Body).All(c =>
        c.Program is "qm" or "[" or "test" or "grep" or "awk" or "echo" or "printf" or "sleep" or "return" or ":" or "true"
        || IsRemoval(c) || c is { Program: null, ProgramWord: null });

    private static bool EndsWithExit(ScriptFunction function) =>
        function.Definition.Body is Bash.Syntax.Group group && group.Body.Any(s => s.Command is SimpleCommand { Name: "exit" });

    private HashSet<string> Names(Trap trap) =>
        [.. Word().Matches(Text(trap)).Select(m => m.Value), .. trap.Functions.Select(f => f.Name)];

    private string Text(Trap trap) => trap.Handler is { } handler ? script.Tree.Text(handler) : "";

    [GeneratedRegex(@"[A-Za-z_][\w-]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"(^|[;\s""'])exit\b")]
    private static partial Regex ExitWord();

    [GeneratedRegex(@"\bqm\s+(stop|shutdown|destroy)\b|\bpvesm\s+free\b|\bpvesh\s+delete\b")]
    private static partial Regex RemovalWords();
}
