using VmRecovery.Shell;

namespace VmRecovery.Patching;

/// <summary>The script has a shape that can't be patched. Never leaves <see cref="ShapeRecogniser"/>.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal { get; } = refusal;
}

/// <summary>What must hold so that a section means the same as a function that runs in a subshell.</summary>
internal sealed class SectionRules(ShellScript script, CallGraph graph)
{
    /// <summary>Checks the statements from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    /// <exception cref="RefusedException">One of the rules is broken; the message says which and where.</exception>
    public void Check(int first, int end, int create)
    {
        CheckReachable(first);
        CheckErrexit(first);
        CheckBoundary(first, end);
        var section = script.Statements.Skip(first).Take(end - first).ToList();
        if (create < first || create >= end)
            throw Refuse("section", script.Statements[create].Span, "'qm create' is not between the storage choice and the end of the script");
        foreach (var statement in section)
            CheckStatement(statement);
        CheckHandlers(first, section);
    }

    private void CheckStatement(SyntaxNode statement)
    {
        foreach (var call in graph.DirectCalls(statement))
        {
            if (call.Name is "return" or "shift" or "alias" || (call.Is("shopt", "-s") && call.Word(2) is "expand_aliases" or "extglob"))
                throw Refuse("section", call.Span, $"'{call.Name}' means something else inside a function; the creation section becomes one");
            if (call.Name == "trap" && call.Words.Count > 2 && call.Words.Skip(2).Any(w => w.FixedText() is "ERR" or "EXIT" or "0"))
                throw Refuse("section", call.Span, "the creation section sets a trap of its own on ERR or EXIT");
        }
        if (statement.Child("Cmd") is { Kind: "Function" })
            return;
        foreach (var node in OutsideFunctions(statement))
        {
            if (node.Kind == "Parameter" && node.Child("Param")?.Value is "@" or "*" or "#" or "1" or "2" or "3" or "4" or "5" or "6" or "7" or "8" or "9")
                throw Refuse("section", node.Span, $"the creation section uses the script's own argument '{script.Text.Slice(node.Span)}'");
        }
    }

    private void CheckReachable(int first)
    {
        if (script.Calls.Any(c => c.Name is "source" or "." && OtherLibrary(c)))
            return;
        foreach (var statement in script.Statements.Take(first))
        {
            if (statement.Child("Cmd") is not { Kind: "Call" } node
                || graph.DirectCalls(statement).FirstOrDefault(c => ReferenceEquals(c.Node, node))?.Name is not { } name
                || graph.Defines(name))
                continue;
            var meant = script.Functions.FirstOrDefault(f => Plain(f.Name) == Plain(name));
            if (meant is not null)
            {
                throw Refuse("preamble", statement.Span,
                    $"the script always stops here: '{name}' is not defined ('{meant.Name}' is, line {script.LineOf(meant.Span)})");
            }
        }
        static string Plain(string name) => name.ToUpperInvariant().Replace('-', '_');
    }

    private static bool OtherLibrary(Call call) =>
        call.Node.DescendantsAndSelf().Any(n => n.Kind == "Literal" && n.Value is { } text
            && text.Contains(".func", StringComparison.Ordinal) && !text.Contains("/api.func", StringComparison.Ordinal));

    private void CheckErrexit(int first)
    {
        var before = script.Statements.Take(first).SelectMany(graph.DirectCalls).ToList();
        var on = before.Any(c => c.Name == "set" && c.Words.Skip(1).Select(w => w.FixedText() ?? "").Any(SetsErrexit))
            || before.Any(c => c.Name is "source" or "." && OtherLibrary(c))
            || before.Any(c => c.Name == "load_functions");
        if (!on)
        {
            throw new RefusedException(new Refusal(
                "errexit", 0, "no 'set -e' before the creation section: the script goes on after errors, recovery would not"));
        }
    }

    private static bool SetsErrexit(string word) =>
        word == "errexit" || (word.StartsWith('-') && !word.StartsWith("--", StringComparison.Ordinal) && word.Contains('e', StringComparison.Ordinal));

    private void CheckBoundary(int first, int end)
    {
        if (first >= end)
            throw new RefusedException(new Refusal("section", script.LineOf(script.Statements[^1].Span), "nothing follows the storage choice"));
        CheckOwnLine(first);
        if (end < script.Statements.Count)
            CheckOwnLine(end);
    }

    private void CheckOwnLine(int index)
    {
        var line = script.LineOf(script.Statements[index].Span);
        if (script.LastLineOf(script.Statements[index - 1]) >= line)
            throw Refuse("section", script.Statements[index].Span, "the creation section begins or ends in the middle of this line");
    }

    // The EXIT trap runs outside of the section's subshell.
    private void CheckHandlers(int first, List<SyntaxNode> section)
    {
        var handlers = script.Statements.Take(first).SelectMany(graph.DirectCalls)
            .Where(c => c.Name == "trap").Select(c => c.Word(1)?.Split(' ', ';')[0]).ToHashSet();
        foreach (var function in script.Functions.Where(f => handlers.Contains(f.Name)))
        {
            if (section.Any(s => s.Span.Contains(function.Span)))
                throw Refuse("handler", function.Span, $"'{function.Name}' handles a trap but is defined inside the creation section");
        }
    }

    private static IEnumerable<SyntaxNode> OutsideFunctions(SyntaxNode node)
    {
        yield return node;
        if (node.Kind == "Function")
            yield break;
        foreach (var below in node.Children.SelectMany(OutsideFunctions))
            yield return below;
    }

    private RefusedException Refuse(string element, Span span, string message) => new(new Refusal(element, script.LineOf(span), message));
}
