using System.Collections.Frozen;
using VmRecovery.Bash.Syntax;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting;

/// <summary>Facts about exit statuses: who gives one, who reads it, who switches errexit.</summary>
internal static class StatusFacts
{
    private static readonly FrozenSet<string> Steps = Words.Of(
        "curl wget tar unzip mv cp git apt-get apt apk dnf dpkg pct dd virt-customize docker make npm pip pip3 "
            + "xz gunzip psql mysql mariadb qemu-img"
    );

    /// <summary>Whether a command is a step that later ones build on.</summary>
    public static bool IsStep(ScriptCommand command) =>
        command.Operation is { Changes: true } || command.Program is { } program && Steps.Contains(program);

    /// <summary>Whether the script switches an option on anywhere.</summary>
    public static bool SetsOption(this VmScript script, string option) =>
        script.Commands.Any(c => c.Program == "set" && !c.IsInString && c.Switches(option));

    /// <summary>Whether a call of <c>set</c> switches errexit on (<c>-</c>) or off (<c>+</c>).</summary>
    public static bool SwitchesErrexit(this ScriptCommand set, char sign) =>
        set.Arguments.Any(a =>
            a.Text is { Length: > 1 } text
            && text[0] == sign
            && text[1] != sign
            && text.Contains('e', StringComparison.Ordinal)
        )
        || set.Arguments is [{ Text: { } o }, { Text: "errexit" }, ..] && o == $"{sign}o";

    /// <summary>Whether a function keeps the options to restore them.</summary>
    public static bool SavesOptions(this ScriptFunction function) =>
        function.Commands.Any(c =>
            c.Program == "shopt"
                && c.Arguments.Any(a => a.Text is ['-', ..] text && text.Contains('p', StringComparison.Ordinal))
            || c.Program == "set" && c.Arguments is [{ Text: "+o" }]
        );

    /// <summary>
    /// Index of the first statement of a handler that saves the status, when something before it replaced it; -1
    /// else.
    /// </summary>
    public static int FirstReaderOfStatus(this Handler handler, VmScript script)
    {
        var body = handler.Function.Body;
        for (var i = 0; i < body.Length; i++)
        {
            if (!WordText.Expands(body[i], "?"))
                continue;
            if (i == 0 || body[i].Command is not (Declaration or SimpleCommand { Words: [] }))
                return -1;
            // After a command of its own, the status of that command is wanted.
            return
                script.CommandOf(body[i - 1].Command) is { } before
                && (!Evidence.MayFail(before) || script.Functions.ContainsKey(before.Program!))
                ? i
                : -1;
        }
        return -1;
    }

    /// <summary>Whether a handler leaves the script on its way to the end of its body.</summary>
    public static bool EndsScript(this Handler handler, VmScript script) =>
        handler.Commands.Any(c =>
            c.SubshellDepth == 0
            && (
                c.Program is "exit" or "exec" or "return"
                || c.Program is { } name
                    && script.Functions.TryGetValue(name, out var called)
                    && called != handler.Function
                    && script.Exits(called)
            )
        ) || handler.Trap.Commands.Any(c => c.Program == "exit");

    /// <summary>Whether the status of a command is that of its function: nothing runs after it.</summary>
    public static bool GivesStatusOf(this VmScript script, ScriptCommand command, ScriptFunction function)
    {
        var statement = command.Statement;
        while (script.PositionOf(statement) is { Next: null })
        {
            SyntaxNode? node = statement.Parent;
            while (node is not (null or Statement or WhileLoop or ForLoop or ArithmeticForLoop))
            {
                if (node == function.Definition)
                    return true;
                node = node.Parent;
            }
            if (node is not Statement outer)
                return false;
            statement = outer;
        }
        return false;
    }

    /// <summary>Whether the next statement looks at the status of a command.</summary>
    public static bool IsFollowedByStatusTest(this ScriptCommand command) =>
        command.Position.Next is { } next && WordText.Expands(next, "?");

    /// <summary>
    /// The statement that reads a <c>$?</c> as its first act; null when another command of it runs before.
    /// </summary>
    public static Statement? ReaderOf(ParameterExpansion status)
    {
        SyntaxNode child = status;
        foreach (var node in status.Ancestors())
        {
            switch (node)
            {
                case AndOrList list when list.Operands[0] != child:
                case Pipeline
                or CommandSubstitution
                or ProcessSubstitution
                or Subshell
                or FunctionDefinition
                or WhileLoop
                or ForLoop:
                case ElseClause or CaseItem or Group or HereDocument:
                    return null;
                case IfClause clause
                    when clause.Condition[0] != child || ((IfCommand)clause.Parent!).Clauses[0] != clause:
                    return null;
                case Statement statement when statement.Parent is not IfClause:
                    return statement;
                case Statement { Parent: IfClause clause } statement when !clause.Condition.Contains(statement):
                    return statement;
                default:
                    break;
            }
            child = node;
        }
        return null;
    }

    /// <summary>The command whose status a statement has, when it can be another than 0; null else.</summary>
    public static ScriptCommand? StatusGiver(this VmScript script, Statement statement)
    {
        if (statement.IsBackground || script.CommandOf(statement.Command) is not { IsTested: false } command)
            return null;
        if (command.Program is not null)
            return Evidence.MayFail(command) ? command : null;
        return
            command.Node is SimpleCommand { Words: [] } simple
            && simple.Assignments.Any(a =>
                a.Value is { } value && WordText.Flat(value.Parts).Any(p => p is CommandSubstitution)
            )
            ? command
            : null;
    }

    /// <summary>Whether a call of <c>set</c> switches an option on.</summary>
    public static bool Switches(this ScriptCommand set, string option)
    {
        var after = SetBuiltin.Apply(ShellOptions.AllOff, [.. set.Arguments.Select(a => (Word)a.Node)]);
        return (
                option switch
                {
                    "errexit" => after.Errexit,
                    "errtrace" => after.Errtrace,
                    "pipefail" => after.Pipefail,
                    _ => after.Nounset,
                }
            ) == OptionValue.On;
    }
}
