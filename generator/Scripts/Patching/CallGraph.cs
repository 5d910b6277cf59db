using VmRecovery.Scripts.Shell;

namespace VmRecovery.Scripts.Patching;

/// <summary>What statements of a script run, the functions that they call included.</summary>
internal sealed class CallGraph
{
    private readonly ShellScript script;
    private readonly ILookup<string, FunctionDeclaration> functions;
    private readonly Dictionary<SyntaxNode, List<Call>> calls = new(ReferenceEqualityComparer.Instance);

    public CallGraph(ShellScript script)
    {
        this.script = script;
        functions = script.Functions.ToLookup(f => f.Name, StringComparer.Ordinal);
    }

    /// <summary>Whether the script defines a function of that name.</summary>
    public bool Defines(string name) => functions.Contains(name);

    /// <summary>Commands that running <paramref name="node"/> may run itself: not what only a function in it contains.</summary>
    public IReadOnlyList<Call> DirectCalls(SyntaxNode node)
    {
        if (calls.TryGetValue(node, out var known))
            return known;
        var found = script.Calls.Where(c => node.Span.Contains(c.Span) && !IsInFunctionWithin(node, c.Span)).ToList();
        calls[node] = found;
        return found;
    }

    /// <summary>Whether running <paramref name="node"/> may, itself or through functions, run such a command.</summary>
    public bool Runs(SyntaxNode node, Func<Call, bool> wanted) => AllBodies(node).Any(body => DirectCalls(body).Any(wanted));

    /// <summary>Whether running <paramref name="node"/> may, itself or through functions, set that variable.</summary>
    public bool Sets(SyntaxNode node, string variable) => AllBodies(node).Any(body =>
        script.Assignments.Any(a => a.Name == variable && body.Span.Contains(a.Span) && !IsInFunctionWithin(body, a.Span))
        || DirectCalls(body).Any(c => c.Name is "read" or "printf" or "mapfile" && c.Words.Any(w => w.FixedText() == variable)));

    /// <summary>Every command that running <paramref name="node"/> may run: its own first, then those of functions.</summary>
    public IEnumerable<Call> AllCalls(SyntaxNode node) => AllBodies(node).SelectMany(DirectCalls);

    /// <summary>The statement itself, then the body of every function that running it may call.</summary>
    public IEnumerable<SyntaxNode> AllBodies(SyntaxNode node)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<SyntaxNode>([node]);
        while (waiting.TryPop(out var body))
        {
            yield return body;
            foreach (var name in DirectCalls(body).Select(c => c.Name))
            {
                if (name is null || !seen.Add(name))
                    continue;
                foreach (var function in functions[name])
                {
                    if (function.Node.Child("Body") is { } inner)
                        waiting.Push(inner);
                }
            }
        }
    }

    private bool IsInFunctionWithin(SyntaxNode node, Span span) =>
        script.Functions.Any(f => node.Span.Contains(f.Span) && f.Span.Contains(span));
}
