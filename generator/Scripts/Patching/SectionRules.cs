using System.Collections.Immutable;
using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Patching;

/// <summary>The conditions under which a section means the same as a function that runs, perhaps again, in a subshell.</summary>
internal sealed class SectionRules(VmScript script, CallGraph graph, ScriptLines lines, StatementList list)
{
    private readonly Refusals refusals = new(script);

    /// <summary>Checks the statements from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    /// <returns>The broken conditions, the most telling first.</returns>
    public IEnumerable<Diagnostic> Check(int first, int end, int create, TrapHandlers handlers)
    {
        var section = list.Statements[Math.Min(first, end)..end];
        return
        [
            .. Reachable(first),
            .. Errexit(first, section, handlers),
            .. Boundary(first, end),
            .. create < first || create >= end
                ? [refusals.At(PortDiagnostics.SectionBounds, list.Statements[create].Span, "'qm create' is not between the storage choice and the end of the script")]
                : Array.Empty<Diagnostic>(),
            .. section.SelectMany(Meaning),
            .. Handlers(handlers, section),
            .. Outside(),
            .. section.SelectMany(HiddenCommands).Take(1),
            .. section.SelectMany(FailureBranches).Take(1),
        ];
    }

    /// <summary>Whether a statement itself uses positional parameters.</summary>
    public static bool UsesArguments(Statement statement) =>
        statement.Command is not FunctionDefinition && OutsideFunctions(statement).Any(n =>
            n is ParameterExpansion { Name: "@" or "*" or "#" or "1" or "2" or "3" or "4" or "5" or "6" or "7" or "8" or "9" });

    private IEnumerable<Diagnostic> Reachable(int first)
    {
        if (script.Commands.Any(c => c.Program is "source" or "." && LoadsOtherLibrary(c)))
            yield break;
        foreach (var statement in list.Before(first))
        {
            if (statement.Command is not SimpleCommand { Name: { } name } || graph.Defines(name))
                continue;
            var meant = graph.Definitions.FirstOrDefault(d => Plain(d.Key) == Plain(name));
            if (meant is not null)
            {
                yield return refusals.At(PortDiagnostics.AlwaysStops, statement.Span,
                    $"the script always stops here: '{name}' is not defined ('{meant.Key}' is, line {lines.First(meant.First())})");
            }
        }
        static string Plain(string name) => name.ToUpperInvariant().Replace('-', '_');
    }

    private static bool LoadsOtherLibrary(ScriptCommand command) =>
        command.Node.DescendantsAndSelf().Any(n => n is Literal { Value: var text }
            && text.Contains(".func", StringComparison.Ordinal) && !text.Contains("/api.func", StringComparison.Ordinal));

    private IEnumerable<Diagnostic> Errexit(int first, ImmutableArray<Statement> section, TrapHandlers handlers)
    {
        if (ErrorsEndIt(first))
            yield break;
        if (!handlers.ExitOnError)
        {
            yield return refusals.Whole(PortDiagnostics.ErrorsIgnored,
                "no 'set -e' before the creation section: the script goes on after errors, recovery would not");
            yield break;
        }
        // Without errexit and errtrace a failure inside a function passes unnoticed.
        var outside = section.SelectMany(graph.DirectCommands)
            .FirstOrDefault(c => c.Program is { } name && graph.Defines(name) && !OnlyPrints(c));
        if (outside is not null && !HasOption(first, 'E', "errtrace"))
        {
            yield return refusals.At(PortDiagnostics.ErrorsIgnored, outside.Span,
                $"neither 'set -e' nor 'set -E': the script goes on after errors in '{outside.Program}', recovery would not");
        }
    }

    private bool ErrorsEndIt(int first) =>
        HasOption(first, 'e', "errexit")
        || list.Before(first).SelectMany(graph.DirectCommands)
            .Any(c => (c.Program is "source" or "." && LoadsOtherLibrary(c)) || c.Program == "load_functions")
        || (script.Tree.Text(script.Tree.Lines.LineSpan(1)).TrimStart('\uFEFF') is ['#', '!', ..] line
            && line.Split(' ').Skip(1).Any(w => w is ['-', not '-', ..] && w.Contains('e', StringComparison.Ordinal)));

    // The last word on an option before the section.
    private bool HasOption(int first, char letter, string name)
    {
        var on = false;
        var bodies = list.Before(first).Where(s => s.Command is not FunctionDefinition).SelectMany(graph.AllBodies);
        foreach (var command in bodies.SelectMany(graph.DirectCommands).Where(c => c.Program == "set"))
        {
            var words = command.Arguments.Select(a => a.Text ?? "").ToList();
            for (var i = 0; i < words.Count; i++)
            {
                if (words[i] is not ['-' or '+', not '-', ..])
                    continue;
                if (words[i].Contains(letter, StringComparison.Ordinal) || (words[i].EndsWith('o') && i + 1 < words.Count && words[i + 1] == name))
                    on = words[i][0] == '-';
            }
        }
        return on;
    }

    private bool OnlyPrints(ScriptCommand call) => graph.AllCommands(call.Node).Where(c => !ReferenceEquals(c, call))
        .All(c => c.Program is "echo" or "printf" or "local" or "return" or "tput" or "clear" or ":" or "true"
            || c is { Program: null, ProgramWord: null });

    private IEnumerable<Diagnostic> Boundary(int first, int end)
    {
        if (first >= end)
        {
            var last = (list.Statements.Length > 0 ? list.Statements : script.Tree.Root.Statements)[^1];
            yield return refusals.At(PortDiagnostics.SectionBounds, last.Span, "nothing follows the storage choice");
            yield break;
        }
        if (SharesLine(first))
            yield return refusals.At(PortDiagnostics.SectionBounds, list.Statements[first].Span, "the creation section begins in the middle of this line");
        if (end < list.Statements.Length && SharesLine(end))
            yield return refusals.At(PortDiagnostics.SectionBounds, list.Statements[end].Span, "the creation section ends in the middle of this line");
        if (list.Braces is { } braces && lines.Last(braces) <= list.Statements.Max(lines.Last))
            yield return refusals.At(PortDiagnostics.SectionBounds, list.Statements[^1].Span, "the creation section ends in the middle of this line: expected '}' in a line of its own");
    }

    private bool SharesLine(int index)
    {
        var above = index > 0 ? lines.Last(list.Statements[index - 1]) : list.Braces is { } braces ? lines.First(braces) : 0;
        return above >= lines.First(list.Statements[index]);
    }

    private IEnumerable<Diagnostic> Meaning(Statement statement)
    {
        foreach (var command in graph.DirectCommands(statement))
        {
            var changes = command.Program is "shift" or "alias"
                || command.Program == "return" && list.Braces is null
                || command.Program == "shopt" && command.HasArgument("-s") && (command.HasArgument("expand_aliases") || command.HasArgument("extglob"));
            if (changes)
                yield return refusals.At(PortDiagnostics.OtherMeaning, command.Span, $"'{command.Program}' means something else inside a function; the creation section becomes one");
            else if (ReplacesShell(command) && !IsInSubshell(statement, command))
                yield return refusals.At(PortDiagnostics.OtherMeaning, command.Span, "'exec' replaces the script; nothing could tell whether the creation succeeded");
        }
        foreach (var command in graph.AllCommands(statement).Where(c => c.Program == "trap" && !IsInSubshell(statement, c)))
        {
            if (command.Arguments.Skip(1).Any(w => w.Text is "ERR" or "EXIT" or "0"))
                yield return refusals.At(PortDiagnostics.TrapInSection, command.Span, "the creation section sets a trap of its own on ERR or EXIT");
        }
    }

    // 'exec >file' only redirects; 'exec program' is read as a wrapper.
    private static bool ReplacesShell(ScriptCommand command) =>
        command.Wrappers.Contains("exec") || command.Program == "exec" && command.Arguments.Length > 0;

    private static bool IsInSubshell(Statement statement, ScriptCommand command) =>
        command.Node.Ancestors().TakeWhile(a => !ReferenceEquals(a, statement)).Any(a => a is Subshell or CommandSubstitution)
        || statement.Command is Subshell;

    // The EXIT trap runs outside of the section's subshell.
    private IEnumerable<Diagnostic> Handlers(TrapHandlers handlers, ImmutableArray<Statement> section) =>
        from function in handlers.Functions
        where section.Any(s => s.Span.Contains(function.Definition.Span))
        select refusals.At(PortDiagnostics.HandlerInSection, function.Definition.Span,
            $"'{function.Name}' handles a trap but is defined inside the creation section");

    private IEnumerable<Diagnostic> Outside() =>
        from statement in list.Later
        where graph.Runs(statement, c => ShapeRecogniser.NodePrograms.Contains(c.Program ?? ""))
        select refusals.At(PortDiagnostics.ChangeOutside, statement.Span,
            "this changes the node, too, but outside of the function that creates the VM: recovery could not repeat it");

    private IEnumerable<Diagnostic> HiddenCommands(Statement statement) =>
        from command in graph.AllCommands(statement)
        where NodeVisibility.IsHidden(script, command)
        select refusals.At(PortDiagnostics.HiddenCommand, command.Span,
            $"{NodeVisibility.Describe(script, command)}: recovery would not see what it does");

    // 'qm create … || fail', where 'fail' destroys: after a VMID conflict that VM is somebody else's.
    private IEnumerable<Diagnostic> FailureBranches(Statement statement)
    {
        foreach (var command in graph.AllCommands(statement).Where(c => c.Operation is { Changes: true }))
        {
            if (command.Alternative is { } alternative && Destroys(alternative))
            {
                yield return refusals.At(PortDiagnostics.FailureDestroys, command.Span,
                    $"when this fails, '{FirstLine(alternative)}' destroys the VM before the user is asked");
            }
            else if (ConditionAround(command) is { } conditional && Branches(conditional).Any(Destroys))
            {
                yield return refusals.At(PortDiagnostics.FailureDestroys, command.Span,
                    "when this fails, a branch of this 'if' destroys the VM before the user is asked");
            }
        }
    }

    private bool Destroys(SyntaxNode node) => graph.Runs(node, c => c.Operation is { Verb: NodeVerb.Destroy });

    private static IfCommand? ConditionAround(ScriptCommand command)
    {
        foreach (var node in command.Node.Ancestors())
        {
            if (node is IfClause clause)
            {
                return clause.Condition.Any(s => s.Span.Contains(command.Span)) ? clause.Parent as IfCommand : null;
            }
            if (node is FunctionDefinition or ElseClause or WordPart)
                return null;
        }
        return null;
    }

    private static IEnumerable<SyntaxNode> Branches(IfCommand conditional) =>
        conditional.Clauses.SelectMany(c => c.Body).Concat(conditional.Else?.Body ?? []);

    private string FirstLine(SyntaxNode node) => script.Tree.Text(node).Split('\n')[0];

    private static IEnumerable<SyntaxNode> OutsideFunctions(SyntaxNode node)
    {
        yield return node;
        if (node is FunctionDefinition)
            yield break;
        foreach (var below in node.Children.SelectMany(OutsideFunctions))
            yield return below;
    }
}
