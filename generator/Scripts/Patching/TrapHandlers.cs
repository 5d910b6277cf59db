using System.Text.RegularExpressions;
using VmRecovery.Scripts.Shell;

namespace VmRecovery.Scripts.Patching;

/// <summary>A function that a trap reaches and that destroys the VM of the script's number, whoever made it.</summary>
/// <param name="Function">The function.</param>
/// <param name="DoesMore">It does other things, too, which must still be done.</param>
internal sealed record CleanUp(FunctionDeclaration Function, bool DoesMore);

/// <summary>What the traps set before the creation section run.</summary>
internal sealed partial class TrapHandlers
{
    private readonly ShellScript script;
    private readonly CallGraph graph;
    private readonly List<Call> traps;

    public TrapHandlers(ShellScript script, CallGraph graph, IEnumerable<SyntaxNode> before)
    {
        this.script = script;
        this.graph = graph;
        traps = [.. before.Where(s => s.Child("Cmd") is not { Kind: "Function" }).SelectMany(graph.AllCalls).Where(c => c.Name == "trap").Distinct()];
        Functions = [.. script.Functions.Where(f => traps.Any(t => Names(t).Contains(f.Name)))];
    }

    /// <summary>Functions that a trap's text names.</summary>
    public IReadOnlyList<FunctionDeclaration> Functions { get; }

    /// <summary>Whether an error ends the script although errexit is off: the handler of ERR exits.</summary>
    public bool ExitOnError => traps.Where(t => Signals(t).Contains("ERR")).Any(t =>
        Text(t).Contains("exit", StringComparison.Ordinal) && ExitWord().IsMatch(Text(t))
        || Functions.Any(f => Names(t).Contains(f.Name) && EndsWithExit(f)));

    /// <summary>What has to be kept from destroying a VM.</summary>
    /// <exception cref="RefusedException">A trap destroys it in a way that can't be prevented from outside.</exception>
    public IReadOnlyList<CleanUp> CleanUps(IReadOnlyList<SyntaxNode> section)
    {
        if (traps.FirstOrDefault(t => DestroyWords().IsMatch(Text(t))) is { } inline)
            throw Refuse(inline.Span, "this trap destroys the VM itself; put that into a function, and let the trap call it");
        var bodies = Functions.SelectMany(f => graph.AllBodies(f.Node.Child("Body")!)).ToHashSet(ReferenceEqualityComparer.Instance);
        var found = new List<CleanUp>();
        foreach (var function in script.Functions.Where(f => bodies.Contains(f.Node.Child("Body")!) && Destroys(f)))
        {
            if (!script.Statements.Any(s => ReferenceEquals(s.Child("Cmd"), function.Node)))
                throw Refuse(function.Span, $"'{function.Name}' destroys the VM from a trap; expected it at the top level of the script");
            var more = !OnlyDestroys(function);
            if (more && section.Any(s => graph.Runs(s, c => c.Name == function.Name)))
                throw Refuse(function.Span, $"'{function.Name}' destroys the VM, both from a trap and in the creation section");
            found.Add(new CleanUp(function, more));
        }
        return found;
    }

    private bool Destroys(FunctionDeclaration function) =>
        graph.DirectCalls(function.Node.Child("Body")!).Any(c => c.Is("qm", "destroy") || c.Is("qm", "stop"));

    private bool OnlyDestroys(FunctionDeclaration function) => graph.DirectCalls(function.Node.Child("Body")!).All(c =>
        c.Name is "qm" or "[" or "test" or "grep" or "awk" or "echo" or "printf" or "sleep" or "return" or ":" or "true");

    private static bool EndsWithExit(FunctionDeclaration function) =>
        function.Node.Child("Body")?.Child("Cmd") is { Kind: "Block" } body
        && body.Children.Any(s => s.Child("Cmd") is { Kind: "Call" } call && call.Child("Args")?.FixedText() == "exit");

    private HashSet<string> Names(Call trap) => [.. Word().Matches(Text(trap)).Select(m => m.Value)];

    private static IEnumerable<string?> Signals(Call trap) => Operands(trap).Skip(1).Select(w => w.FixedText());

    private string Text(Call trap) => Operands(trap).FirstOrDefault() is { } word ? script.Text.Slice(word.Span) : "";

    private static IEnumerable<SyntaxNode> Operands(Call trap) => trap.Words.Skip(1).SkipWhile(w => w.FixedText() == "--");

    private RefusedException Refuse(Span span, string message) => new(new Refusal("handler", script.LineOf(span), message));

    [GeneratedRegex(@"[A-Za-z_][\w-]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"(^|[;\s""'])exit\b")]
    private static partial Regex ExitWord();

    [GeneratedRegex(@"\bqm\s+(stop|destroy)\b")]
    private static partial Regex DestroyWords();
}
