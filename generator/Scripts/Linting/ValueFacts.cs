using System.Collections.Immutable;
using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting;

/// <summary>Facts about values: what variables hold, what files are tested and written.</summary>
internal static class ValueFacts
{
    /// <summary>Whether the file begins with a UTF-8 byte order mark.</summary>
    public static bool HasByteOrderMark(this VmScript script) => script.File.Content.AsSpan().StartsWith("\uFEFF"u8);

    /// <summary>Whether a counter gets the value 0 anywhere.</summary>
    public static bool StartsAtZero(this VmScript script, string name) =>
        script.Assignments.Any(a => a.Name == name && a.Node?.Value?.ConstantText == "0");

    /// <summary>Whether errexit works for the command of a statement.</summary>
    public static bool ErrexitIsOnAt(this VmScript script, Statement statement) =>
        script.CommandOf(statement.Command) is { Options.Errexit: OptionValue.On };

    /// <summary>Whether the top level of the script switches pipefail on.</summary>
    public static bool SetsPipefail(this VmScript script) =>
        script.Commands.Any(c => c.Program == "set" && c.Function is null && !c.IsInString && c.Switches("pipefail"));

    /// <summary>Whether a variable holds options, or nothing, and is left unquoted on purpose.</summary>
    public static bool IsOptionList(this VmScript script, string name) =>
        script.Assignments.Any(a =>
            a.Name == name
            && a.Node?.Value is { } value
            && (
                WordText.Prefix(value) is ['-', ..] || WordText.Constants(value).Contains(' ', StringComparison.Ordinal)
            )
        );

    /// <summary>
    /// The size with a unit that a variable holds wherever it is assigned; null when it may be a number.
    /// </summary>
    public static string? HoldsUnit(this VmScript script, string name, int offset)
    {
        var values = script.Assignments.Where(a => a.Name == name).ToList();
        return
            values.Count > 0
            && values.TrueForAll(a => IsSize(a.Node?.Value?.ConstantText))
            && values.Exists(a => a.Span.End <= offset)
            ? values[^1].Node!.Value!.ConstantText
            : null;
    }

    /// <summary>Whether a command prints the value of a variable that holds a secret.</summary>
    public static bool WritesSecret(this VmScript script, Command command) =>
        script.CommandOf(command) is { } facts
        && facts
            .Arguments.SelectMany(a => WordText.Variables(a.Node))
            .Concat(command.Redirects.SelectMany(r => WordText.Variables(r.HereDocument?.Body)))
            .Any(Evidence.IsSecretName);

    /// <summary>
    /// The file that a condition finds missing, as in <c>[[ ! -s $file ]]</c>; null for other conditions.
    /// </summary>
    public static Word? MissingFileTestedBy(this VmScript script, ImmutableArray<Statement> condition)
    {
        if (condition is not [var only])
            return null;
        if (
            only.Command is TestCommand
            {
                Expression: NotTest { Operand: UnaryTest { Operator: "-s" or "-f" or "-e" or "-r" } test }
            }
        )
            return test.Operand;
        return
            only.Command is SimpleCommand command
            && script.CommandOf(command)
                is {
                    Program: "[" or "test",
                    Arguments: [{ Text: "!" }, { Text: "-s" or "-f" or "-e" }, { Node: Word word }, ..]
                }
            ? word
            : null;
    }

    /// <summary>Whether a word is given to a command that works on volumes, or kept for one.</summary>
    public static bool GivesVolume(this VmScript script, Word word) =>
        word.Parent switch
        {
            Assignment => true,
            SimpleCommand command => script.CommandOf(command) is { Program: "eval" } or { Operation.Changes: true },
            _ => false,
        };

    /// <summary>The last command before another, in its function, that reaches a function by calls.</summary>
    public static ScriptCommand? LastCallBefore(
        this VmScript script,
        ScriptCommand command,
        ScriptFunction? function
    ) =>
        function is null
            ? null
            : script.Commands.LastOrDefault(c =>
                c.Index < command.Index
                && c.Function == command.Function
                && c.Program is { } name
                && script.Functions.TryGetValue(name, out var called)
                && script.Reach([called]).Contains(function)
            );

    /// <summary>The command by which the script leaves when the user does not want to go on.</summary>
    public static string AbortCommand(this VmScript script)
    {
        foreach (var name in new[] { "exit-script", "exit_script", "user_abort", "abort" })
        {
            if (script.Functions.TryGetValue(name, out var function) && script.Exits(function))
                return name;
        }
        return "exit 130";
    }

    /// <summary>A range with the blanks before it.</summary>
    public static TextSpan WithBlanksBefore(this RuleContext context, TextSpan span)
    {
        var start = span.Start;
        while (start > 0 && context.Script.File.Content[start - 1] is (byte)' ' or (byte)'\t')
            start--;
        return new TextSpan(start, span.End);
    }

    private static bool IsSize(string? text) =>
        text is { Length: > 1 }
        && text[^1] is 'G' or 'M' or 'K' or 'T'
        && text.AsSpan(0, text!.Length - 1).IndexOfAnyExceptInRange('0', '9') < 0;
}
