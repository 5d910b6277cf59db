using System.Globalization;
using System.Text;
using VmRecovery.Bash.Syntax;

namespace VmRecovery.Bash.Tests.Precedence;

/// <summary>
/// Runs the few constructs whose precedence is tested from our tree, so that bash, running the same text, is the
/// witness. Commands are calls <c>t NAME</c> and <c>f NAME</c>: they print their name and succeed or fail.
/// </summary>
internal sealed class Evaluator(BashSyntaxTree tree)
{
    private readonly StringBuilder output = new();
    private readonly Dictionary<string, Command> functions = new(StringComparer.Ordinal);

    /// <summary>The output of a script and its last exit status.</summary>
    public static (string Output, int ExitCode) Run(string script)
    {
        var tree = BashSyntaxTree.Parse(script);
        Assert.Empty(tree.Problems);
        var evaluator = new Evaluator(tree);
        var status = 0;
        foreach (var statement in tree.Root.Statements)
            status = evaluator.Run(statement.Command);
        return (evaluator.output.ToString(), status);
    }

    private int Run(Command command)
    {
        var isSilent = command.Redirects.Any(r => r.Operator == RedirectOperator.Output);
        var length = output.Length;
        var status = command switch
        {
            SimpleCommand simple => Simple(simple),
            Negation { Command: { } inner } => Run(inner) == 0 ? 1 : 0,
            TimedCommand { Command: { } inner } => Run(inner),
            AndOrList list => AndOr(list),
            Pipeline pipeline => Piped(pipeline),
            Group group => group.Body.Select(s => Run(s.Command)).ToList()[^1],
            Subshell subshell => subshell.Body.Select(s => Run(s.Command)).ToList()[^1],
            IfCommand conditional => If(conditional),
            TestCommand { Expression: { } expression } => Test(expression) ? 0 : 1,
            ArithmeticCommand { Expression: { } expression } => Arithmetic(expression) != 0 ? 0 : 1,
            FunctionDefinition function => Define(function),
            _ => throw new NotSupportedException(command.Kind.ToString()),
        };
        if (isSilent)
            output.Length = length;
        return status;
    }

    private int Simple(SimpleCommand command)
    {
        if (command.Name is "echo")
        {
            var expansion = Assert.IsType<ArithmeticExpansion>(Assert.Single(command.Words[1].Parts));
            output.Append(Arithmetic(expansion.Expression!).ToString(CultureInfo.InvariantCulture)).Append('\n');
            return 0;
        }
        if (functions.TryGetValue(command.Name!, out var body))
            return Run(body);
        output.Append(command.Words[1].ConstantText).Append('\n');
        return command.Name == "t" ? 0 : 1;
    }

    // The functions read nothing: what the commands before the last one print is lost.
    private int Piped(Pipeline pipeline)
    {
        var length = output.Length;
        foreach (var command in pipeline.Commands[..^1])
            Run(command);
        output.Length = length;
        return Run(pipeline.Commands[^1]);
    }

    private int AndOr(AndOrList list)
    {
        var status = Run(list.Operands[0]);
        for (var i = 1; i < list.Operands.Length; i++)
        {
            if (status == 0 == (list.Operators[i - 1] == AndOrOperator.And))
                status = Run(list.Operands[i]);
        }
        return status;
    }

    private int If(IfCommand command)
    {
        foreach (var clause in command.Clauses)
        {
            if (clause.Condition.Select(s => Run(s.Command)).ToList()[^1] == 0)
                return clause.Body.Select(s => Run(s.Command)).ToList()[^1];
        }
        return command.Else?.Body.Select(s => Run(s.Command)).ToList()[^1] ?? 0;
    }

    private int Define(FunctionDefinition function)
    {
        functions[function.Name] = function.Body;
        return 0;
    }

    private bool Test(TestExpression expression) => expression switch
    {
        WordTest test => test.Word.ConstantText is not "",
        UnaryTest { Operator: "-n" } test => test.Operand.ConstantText is not "",
        UnaryTest { Operator: "-z" } test => test.Operand.ConstantText is "",
        BinaryTest { Operator: "==" } test => test.Left.ConstantText == test.Right.ConstantText,
        BinaryTest { Operator: "!=" } test => test.Left.ConstantText != test.Right.ConstantText,
        BinaryTest { Operator: "<" } test => string.CompareOrdinal(test.Left.ConstantText, test.Right.ConstantText) < 0,
        BinaryTest { Operator: "-lt" } test => Number(test.Left) < Number(test.Right),
        NotTest test => !Test(test.Operand),
        AndTest test => test.Operands.All(Test),
        OrTest test => test.Operands.Any(Test),
        ParenthesizedTest test => Test(test.Expression),
        _ => throw new NotSupportedException(tree.Text(expression)),
    };

    private static long Number(Word word) => long.Parse(word.ConstantText!, CultureInfo.InvariantCulture);

    private readonly Dictionary<string, long> variables = new(StringComparer.Ordinal);

    private long Arithmetic(ArithmeticExpression expression)
    {
        switch (expression)
        {
            case ArithmeticNumber number:
                return long.Parse(number.Text, CultureInfo.InvariantCulture);
            case ArithmeticVariable variable:
                return variables.GetValueOrDefault(variable.Name);
            case ArithmeticParenthesized parenthesized:
                return Arithmetic(parenthesized.Expression);
            case ArithmeticSequence sequence:
                return sequence.Expressions.Select(Arithmetic).ToList()[^1];
            case ArithmeticConditional conditional:
                return Arithmetic(conditional.Condition) != 0 ? Arithmetic(conditional.WhenTrue) : Arithmetic(conditional.WhenFalse);
            case ArithmeticAssignment assignment:
                var name = ((ArithmeticVariable)assignment.Target).Name;
                var value = Arithmetic(assignment.Value);
                return variables[name] = assignment.Operator == "=" ? value : Apply(assignment.Operator[..^1], variables.GetValueOrDefault(name), value);
            case ArithmeticUnary unary:
                return Unary(unary);
            case ArithmeticBinary binary:
                return Binary(binary);
            default:
                throw new NotSupportedException(tree.Text(expression));
        }
    }

    private long Unary(ArithmeticUnary unary)
    {
        if (unary.Operator is "++" or "--")
        {
            var name = ((ArithmeticVariable)unary.Operand).Name;
            var before = variables.GetValueOrDefault(name);
            variables[name] = unary.Operator == "++" ? before + 1 : before - 1;
            return unary.IsPostfix ? before : variables[name];
        }
        var operand = Arithmetic(unary.Operand);
        return unary.Operator switch { "-" => -operand, "!" => operand == 0 ? 1 : 0, "~" => ~operand, _ => operand };
    }

    private long Binary(ArithmeticBinary binary)
    {
        var value = Arithmetic(binary.Operands[0]);
        for (var i = 0; i < binary.Operators.Length; i++)
        {
            value = binary.Operators[i] switch
            {
                "&&" => value != 0 && Arithmetic(binary.Operands[i + 1]) != 0 ? 1 : 0,
                "||" => value != 0 || Arithmetic(binary.Operands[i + 1]) != 0 ? 1 : 0,
                var other => Apply(other, value, Arithmetic(binary.Operands[i + 1])),
            };
        }
        return value;
    }

    private static long Apply(string operation, long a, long b) => operation switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => a / b,
        "%" => a % b,
        "**" => (long)Math.Pow(a, b),
        "<<" => a << (int)b,
        ">>" => a >> (int)b,
        "<" => a < b ? 1 : 0,
        ">" => a > b ? 1 : 0,
        "<=" => a <= b ? 1 : 0,
        ">=" => a >= b ? 1 : 0,
        "==" => a == b ? 1 : 0,
        "!=" => a != b ? 1 : 0,
        "&" => a & b,
        "|" => a | b,
        "^" => a ^ b,
        _ => throw new NotSupportedException(operation),
    };
}
