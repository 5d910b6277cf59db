using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting;

/// <summary>Facts about a script that rules ask for.</summary>
internal static class ScriptFacts
{
    /// <summary>Statements that may stand between a message and the exit that belongs to it.</summary>
    private const int LongestFarewell = 4;

    /// <summary>
    /// The error message that a command follows, with nothing but talk between them; null when there is none.
    /// </summary>
    public static ScriptCommand? MessageBefore(this VmScript script, ScriptCommand command)
    {
        if (command.Statement.Command is AndOrList list)
        {
            foreach (var operand in list.Operands.TakeWhile(o => o != command.Node).Reverse())
            {
                if (script.CommandOf(operand) is not { } before || !Evidence.OnlyTalks(before))
                    return null;
                if (Evidence.SaysError(before))
                    return before;
            }
            return null;
        }
        if (command.Statement.Command != command.Node)
            return null;
        for (var i = command.Position.Index - 1; i >= 0 && command.Position.Index - i <= LongestFarewell; i--)
        {
            if (script.CommandOf(command.Position.Siblings[i].Command) is not { } before || !Evidence.OnlyTalks(before))
                return null;
            if (Evidence.SaysError(before))
                return before;
        }
        return null;
    }

    /// <summary>Whether a command outside of handlers reports success to the telemetry.</summary>
    public static bool HasSuccessReport(this VmScript script) =>
        script.Commands.Any(c =>
            c.Program == "post_update_to_api"
            && c.Arguments is [{ Text: "done" or "success" }, ..]
            && c.Trap is null
            && !script.FunctionsInHandlers.Contains(c.Function!)
        );

    /// <summary>Whether text can be added at the end of the script so that it runs when all is done.</summary>
    public static bool EndIsReached(this VmScript script) =>
        script.Tree.Problems.IsEmpty
        && script.IsExecutable
        && script.Tree.Root.Statements is [.., var last]
        && script.CommandOf(last.Command)?.Program is not ("exit" or "exec" or "return");

    /// <summary>A line behind the last statement of the script.</summary>
    public static Diagnostics.TextEdit AtEnd(this VmScript script, string line)
    {
        var end = script.Tree.Root.Statements[^1].FullSpan().End;
        var content = script.File.Content;
        var lineEnd = content.AsSpan(end).IndexOf((byte)'\n');
        return lineEnd < 0
            ? new Diagnostics.TextEdit(new TextSpan(content.Length, content.Length), "\n" + line)
            : new Diagnostics.TextEdit(new TextSpan(end + lineEnd, end + lineEnd), "\n" + line);
    }

    /// <summary>Whether a substitution asks the user in a dialog.</summary>
    public static bool AsksUser(this VmScript script, CommandSubstitution substitution) =>
        script
            .CommandsIn(substitution)
            .Any(c =>
                Evidence.IsDialog(c)
                || c.Program is { } name
                    && script.Functions.TryGetValue(name, out var function)
                    && script.Reach([function]).Any(f => f.Commands.Any(Evidence.IsDialog))
            );

    /// <summary>Whether a substitution in the words of a command fetches text from the network.</summary>
    public static bool FetchesText(this VmScript script, ScriptCommand command) =>
        script.Downloads.Any(d =>
            d.Command.Substitution is not null && command.Span.Contains(d.Command.Span) && d.Command != command
        );

    /// <summary>Whether a substitution is a download and nothing else, so that its failure goes unseen.</summary>
    public static bool IsBareDownload(
        this VmScript script,
        System.Collections.Immutable.ImmutableArray<Statement> body
    ) => body is [{ Command: SimpleCommand simple }] && script.CommandOf(simple) is { Program: "curl" or "wget" };

    /// <summary>
    /// Whether a variable holds text from a guest or the network that nothing has tested, where it is used.
    /// </summary>
    public static bool IsUncheckedForeignText(this VmScript script, string name, int offset)
    {
        if (!script.ForeignText.TryGetValue(name, out var assignments))
            return false;
        var function = script.FunctionAt(offset);
        return assignments.Any(a => a.Function == function && a.Span.End <= offset)
            && !script.TestedVariables.Contains(name);
    }

    /// <summary>
    /// Whether a word assigns a value with expansions to a name with expansions, as <c>eval "$name=$value"</c> does.
    /// </summary>
    public static bool AssignsComputedName(this Word word)
    {
        var expanded = false;
        var assigned = false;
        foreach (var part in WordText.Flat(word.Parts))
        {
            if (part is Literal literal)
            {
                var equals = literal.Value.IndexOf('=', StringComparison.Ordinal);
                var name = equals < 0 ? literal.Value : literal.Value[..equals];
                if (!assigned && name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '_'))
                    return false;
                assigned |= expanded && equals >= 0;
            }
            else if (part is ParameterExpansion or CommandSubstitution)
            {
                if (assigned)
                    return true;
                expanded = true;
            }
            else
            {
                return false;
            }
        }
        return false;
    }

    /// <summary>
    /// Whether a trap calls something that is no function of the script and no known command: it may exit.
    /// </summary>
    public static bool CallsUnknownFunction(this Trap trap, VmScript script) =>
        trap.Commands.Any(c => c.Program is { } name && !script.Functions.ContainsKey(name) && IsLikelyFunction(name));

    private static bool IsLikelyFunction(string name) =>
        name.StartsWith("on_", StringComparison.Ordinal)
        || name.Contains("handler", StringComparison.Ordinal)
        || name.Contains("cleanup", StringComparison.Ordinal)
        || name.Contains("abort", StringComparison.Ordinal)
        || name is "die" or "fail" or "fatal" or "quit" or "interrupt";
}
