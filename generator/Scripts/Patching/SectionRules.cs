using VmRecovery.Scripts.Shell;

namespace VmRecovery.Scripts.Patching;

/// <summary>The script has a shape that can't be patched. Never leaves <see cref="ShapeRecogniser"/>.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal { get; } = refusal;
}

/// <summary>What must hold so that a section means the same as a function that runs in a subshell.</summary>
internal sealed class SectionRules(ShellScript script, CallGraph graph, Level level)
{
    /// <summary>Checks the statements from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    /// <exception cref="RefusedException">One of the rules is broken; the message says which and where.</exception>
    public void Check(int first, int end, int create, TrapHandlers handlers)
    {
        CheckReachable(first);
        CheckErrexit(first, end, handlers);
        CheckBoundary(first, end);
        var section = level.Statements.Skip(first).Take(end - first).ToList();
        if (create < first || create >= end)
            throw Refuse("section", level.Statements[create].Span, "'qm create' is not between the storage choice and the end of the script");
        foreach (var statement in section)
            CheckStatement(statement);
        CheckHandlers(handlers, section);
        if (level.Later.FirstOrDefault(s => graph.Runs(s, c => c.Name is not null && ShapeRecogniser.NodePrograms.Contains(c.Name))) is { } outside)
            throw Refuse("section", outside.Span, "this changes the node, too, but outside of the function that creates the VM: recovery could not repeat it");
    }

    /// <summary>Whether a statement itself uses positional parameters.</summary>
    public static bool UsesArguments(SyntaxNode statement) =>
        statement.Child("Cmd") is not { Kind: "Function" }
        && OutsideFunctions(statement).Any(n => n.Kind == "Parameter" && n.Child("Param")?.Value is "@" or "*" or "#" or "1" or "2" or "3" or "4" or "5" or "6" or "7" or "8" or "9");

    private void CheckStatement(SyntaxNode statement)
    {
        // A subshell has its own traps, and what it sets ends with it.
        var subshells = statement.DescendantsAndSelf().Where(n => n.Kind is "Subshell" or "CommandSubstitution").ToList();
        foreach (var call in graph.DirectCalls(statement))
        {
            if (call.Name == "return" && level.Braces is null)
                throw Refuse("section", call.Span, "'return' means something else inside a function; the creation section becomes one");
            if (call.Name is "shift" or "alias" || (call.Is("shopt", "-s") && call.Word(2) is "expand_aliases" or "extglob"))
                throw Refuse("section", call.Span, $"'{call.Name}' means something else inside a function; the creation section becomes one");
            if (subshells.Exists(s => s.Span.Contains(call.Span)))
                continue;
            if (call.Name == "exec" && call.Words.Count > 1)
                throw Refuse("section", call.Span, "'exec' replaces the script; nothing could tell whether the creation succeeded");
        }
        foreach (var trap in graph.AllCalls(statement).Where(c => c.Name == "trap" && !subshells.Exists(s => s.Span.Contains(c.Span))))
        {
            if (trap.Words.Skip(2).Any(w => w.FixedText() is "ERR" or "EXIT" or "0"))
                throw Refuse("section", trap.Span, "the creation section sets a trap of its own on ERR or EXIT");
        }
    }

    private void CheckReachable(int first)
    {
        if (script.Calls.Any(c => c.Name is "source" or "." && OtherLibrary(c)))
            return;
        foreach (var statement in level.Before(first))
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

    private void CheckErrexit(int first, int end, TrapHandlers handlers)
    {
        if (ErrorsEndIt(first))
            return;
        if (!handlers.ExitOnError)
        {
            throw new RefusedException(new Refusal(
                "errexit", 0, "no 'set -e' before the creation section: the script goes on after errors, recovery would not"));
        }
        // Without errexit and errtrace a failure inside a function passes unnoticed.
        var outside = level.Statements.Skip(first).Take(end - first).SelectMany(graph.DirectCalls)
            .FirstOrDefault(c => c.Name is not null && graph.Defines(c.Name) && !Prints(c));
        if (outside is not null && !Options(first, 'E', "errtrace"))
            throw Refuse("errexit", outside.Span, $"neither 'set -e' nor 'set -E': the script goes on after errors in '{outside.Name}', recovery would not");
    }

    private bool ErrorsEndIt(int first) =>
        Options(first, 'e', "errexit")
        || level.Before(first).SelectMany(graph.DirectCalls).Any(c => (c.Name is "source" or "." && OtherLibrary(c)) || c.Name == "load_functions")
        || (script.Text.LineCount > 0 && script.Text.Line(1).TrimStart('\uFEFF') is ['#', '!', ..] line && line.Split(' ').Skip(1).Any(w => w is ['-', not '-', ..] && w.Contains('e', StringComparison.Ordinal)));

    // The last word on an option before the section.
    private bool Options(int first, char letter, string name)
    {
        var on = false;
        foreach (var body in level.Before(first).Where(s => s.Child("Cmd") is not { Kind: "Function" }).SelectMany(graph.AllBodies))
        {
            foreach (var call in graph.DirectCalls(body).Where(c => c.Name == "set"))
            {
                var words = call.Words.Skip(1).Select(w => w.FixedText() ?? "").ToList();
                for (var i = 0; i < words.Count; i++)
                {
                    if (words[i] is not ['-' or '+', not '-', ..])
                        continue;
                    if (words[i].Contains(letter, StringComparison.Ordinal) || (words[i].EndsWith('o') && i + 1 < words.Count && words[i + 1] == name))
                        on = words[i][0] == '-';
                }
            }
        }
        return on;
    }

    private bool Prints(Call call) => graph.AllCalls(call.Node).Where(c => !ReferenceEquals(c, call))
        .All(c => c.Name is "echo" or "printf" or "local" or "return" or "tput" or "clear" or ":" or "true");

    private void CheckBoundary(int first, int end)
    {
        if (first >= end)
            throw new RefusedException(new Refusal("section", script.LineOf((level.Statements.Count > 0 ? level.Statements[^1] : script.Statements[^1]).Span), "nothing follows the storage choice"));
        CheckOwnLine(first);
        if (end < level.Statements.Count)
            CheckOwnLine(end);
        if (level.Braces is { } braces && script.Text.LineAt(braces.Span.End - 1) <= level.Statements.Max(script.LastLineOf))
            throw Refuse("section", level.Statements[^1].Span, "the creation section ends in the middle of this line: expected '}' in a line of its own");
    }

    private void CheckOwnLine(int index)
    {
        var line = script.LineOf(level.Statements[index].Span);
        var above = index > 0 ? script.LastLineOf(level.Statements[index - 1]) : level.Braces is { } braces ? script.LineOf(braces.Span) : 0;
        if (above >= line)
            throw Refuse("section", level.Statements[index].Span, "the creation section begins or ends in the middle of this line");
    }

    // The EXIT trap runs outside of the section's subshell.
    private void CheckHandlers(TrapHandlers handlers, List<SyntaxNode> section)
    {
        foreach (var function in handlers.Functions)
        {
            if (section.Exists(s => s.Span.Contains(function.Span)))
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
