using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace VmRecovery.Bash;

/// <summary>Writes bash as <c>shfmt -i 2</c> would leave it.</summary>
internal sealed class BashWriter
{
    private readonly StringBuilder output = new();
    private int depth;

    /// <summary>The source of a function, ending in a line end.</summary>
    public static string Write(FunctionDefinition function)
    {
        var writer = new BashWriter();
        foreach (var line in function.Comment)
            writer.Line(line.Length == 0 ? "#" : $"# {line}");
        writer.Line($"{function.Name}() {{");
        writer.Block(function.Body);
        writer.Line("}");
        return writer.output.ToString();
    }

    private void Block(ImmutableArray<Statement> statements)
    {
        depth++;
        foreach (var statement in statements)
            Write(statement);
        depth--;
    }

    private void Write(Statement statement)
    {
        switch (statement)
        {
            case CommandStatement command:
                Line(Source(command.Words) + (command.IgnoresStatus ? " || true" : ""));
                break;
            case AssignmentStatement assignment:
                Line($"{(assignment.IsLocal ? "local " : "")}{assignment.Name}={Value(assignment.Value)}");
                break;
            case ParameterStatement parameter:
                Line(string.Create(CultureInfo.InvariantCulture, $"local {parameter.Name}=${parameter.Position}"));
                break;
            case AppendStatement append:
                Line($"{append.Array}+=({Source(append.Values)})");
                break;
            case ClearStatement clear:
                Line(string.Join(' ', clear.Arrays.Select(array => $"{array}=()")));
                break;
            case ReturnStatement end:
                Line(string.Create(CultureInfo.InvariantCulture, $"return {end.Status}"));
                break;
            case ConditionStatement { Condition: ConstantCondition constant }:
                Line(constant.Value ? "return 0" : "return 1");
                break;
            case ConditionStatement condition:
                Chain(condition.Condition, "", "");
                break;
            case IfStatement choice:
                If(choice);
                break;
            case CaseStatement choice:
                Case(choice);
                break;
            default:
                throw new InvalidOperationException($"no source for {statement.GetType().Name}");
        }
    }

    private void If(IfStatement choice)
    {
        var word = "if";
        foreach (var (condition, body) in choice.Branches)
        {
            if (condition is null)
                Line("else");
            else
                Chain(condition, $"{word} ", "; then");
            Block(body);
            word = "elif";
        }
        Line("fi");
    }

    private void Case(CaseStatement choice)
    {
        Line($"case ${choice.Subject} in");
        foreach (var (values, body) in choice.Arms)
        {
            Line((values.IsEmpty ? "*" : string.Join(" | ", values.Select(Quoting.Quote))) + ")");
            Block(body);
            depth++;
            Line(";;");
            depth--;
        }
        Line("esac");
    }

    /// <summary>An and-or list over several lines: the operator ends a line, what follows is indented once.</summary>
    private void Chain(Condition condition, string head, string tail)
    {
        var (operands, word) = condition switch
        {
            AnyCondition any => (any.Operands, " ||"),
            AllCondition all => (all.Operands, " &&"),
            _ => ([condition], ""),
        };
        for (var i = 0; i < operands.Length; i++)
        {
            var last = i == operands.Length - 1;
            Line($"{(i == 0 ? head : "  ")}{Operand(operands[i])}{(last ? tail : word)}");
        }
    }

    private static string Operand(Condition condition) => condition switch
    {
        TestCondition test => test.Source,
        CallCondition call => Source(call.Words),
        NotCondition { Operand: TestCondition or CallCondition } no => $"! {Operand(no.Operand)}",
        NotCondition no => $"! {{ {Inline(no.Operand)}; }}",
        ConstantCondition constant => constant.Value ? "true" : "false",
        _ => $"{{ {Inline(condition)}; }}",
    };

    private static string Inline(Condition condition) => condition switch
    {
        AnyCondition any => string.Join(" || ", any.Operands.Select(Operand)),
        AllCondition all => string.Join(" && ", all.Operands.Select(Operand)),
        _ => Operand(condition),
    };

    private static string Source(ImmutableArray<Word> words) => string.Join(' ', words.Select(word => word.ToSource()));

    /// <summary>Quoted also where it need not be: <c>x=a-b</c> looks like arithmetic (SC2100).</summary>
    private static string Value(Word word) =>
        word is LiteralWord literal && literal.Text.Contains('-', StringComparison.Ordinal) ? Quoting.Quoted(literal.Text) : word.ToSource();

    private void Line(string text) => output.Append(' ', 2 * depth).Append(text).Append('\n');
}
