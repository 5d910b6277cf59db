using System.Collections.Immutable;
using System.Text;

namespace VmRecovery.Bash.Printing;

/// <summary>Writes bash as <c>shfmt -i 2</c> does, so that formatting the result changes nothing.</summary>
internal sealed class BashWriter
{
    /// <summary>Columns of one level.</summary>
    public const int Indent = 2;

    private readonly StringBuilder output = new();
    private int indent;

    /// <summary>A function with its comment, ending with a line end.</summary>
    public static string Write(FunctionDefinition function)
    {
        var writer = new BashWriter();
        if (function is { OneLine: true, Body: [SimpleCommand only] })
            return $"{string.Concat(function.Comment.Select(line => $"# {line}\n"))}{function.Name}() {{ {Line(only)}; }}\n";
        foreach (var line in function.Comment)
            writer.output.Append(line.Length == 0 ? "#" : "# ").Append(line).Append('\n');
        writer.output.Append(function.Name).Append("() {\n");
        writer.Body(function.Body);
        writer.output.Append("}\n");
        return writer.output.ToString();
    }

    /// <summary>Statements outside a function, one a line.</summary>
    public static string Write(ImmutableArray<Statement> statements)
    {
        var writer = new BashWriter();
        foreach (var statement in statements)
            writer.Append(statement);
        return writer.output.ToString();
    }

    /// <summary>A command on one line.</summary>
    public static string Line(SimpleCommand command) =>
        string.Join(' ', command.Words.Select((w, i) => i == 0 ? WordWriter.Command(w) : WordWriter.Argument(w)));

    private void Body(ImmutableArray<Statement> body)
    {
        indent += Indent;
        foreach (var statement in body)
            Append(statement);
        indent -= Indent;
    }

    private void Append(Statement statement)
    {
        switch (statement)
        {
            case SimpleCommand command:
                Append(Line(command));
                break;
            case Reading { Command: var command, Lines: var lines }:
                Append($"{Line(command)} <<'END'");
                foreach (var line in lines.Append("END"))
                    output.Append(line).Append('\n');
                break;
            case IgnoreStatus { Command: var command }:
                Append($"{Line(command)} || true");
                break;
            case Assign { Bindings: var bindings }:
                Append(Join(bindings));
                break;
            case Local { Bindings: var bindings }:
                Append($"local {Join(bindings)}");
                break;
            case EmptyArrays { Names: var names }:
                Append(string.Join(' ', names.Select(n => $"{n}=()")));
                break;
            case Append { Name: var name, Value: var value }:
                Append($"{name}+=({WordWriter.Argument(value)})");
                break;
            case Return { Status: var status }:
                Append(FormattableString.Invariant($"return {status}").TrimEnd());
                break;
            case Check { Condition: var condition }:
                Append(ConditionWriter.Write(condition, indent, indent));
                break;
            case ReturnWhen early:
                Append(early);
                break;
            case ReturnUnless { Condition: var condition, Status: var status }:
                Append(FormattableString.Invariant($"{ConditionWriter.Write(condition, indent + 12, indent)} || return {status}"));
                break;
            case If choice:
                Append(choice);
                break;
            case Case choice:
                Append(choice);
                break;
            case For loop:
                Append(loop);
                break;
            default:
                throw new InvalidOperationException($"no bash for {statement}");
        }
    }

    private static string Join(ImmutableArray<Binding> bindings) =>
        string.Join(' ', bindings.Select(b => b.Value is { } value ? $"{b.Name}={WordWriter.Whole(value)}" : b.Name));

    private void Append(ReturnWhen early)
    {
        var back = FormattableString.Invariant($"return {early.Status}");
        // `a || b && return` would mean something else than it looks like.
        if (early.Condition is not Any && ConditionWriter.Length(early.Condition) + indent + back.Length + 4 <= ConditionWriter.Width)
            Append($"{ConditionWriter.Write(early.Condition, indent, indent)} && {back}");
        else
            Append(new If([new Branch(early.Condition, [new Return(early.Status)])], []));
    }

    private void Append(If choice)
    {
        var keyword = "if ";
        foreach (var branch in choice.Branches)
        {
            var column = indent + keyword.Length + "; then".Length;
            Append($"{keyword}{ConditionWriter.Write(branch.Condition, column, indent)}; then");
            Body(branch.Body);
            keyword = "elif ";
        }
        if (!choice.Else.IsEmpty)
        {
            Append("else");
            Body(choice.Else);
        }
        Append("fi");
    }

    private void Append(Case choice)
    {
        Append($"case {WordWriter.Whole(choice.Subject)} in");
        foreach (var arm in choice.Arms)
        {
            var patterns = Patterns(arm.Patterns);
            if (arm.Body is [])
                Append($"{patterns}) ;;");
            else if (arm.Body is [Return or Assign or SimpleCommand] && OneLine(arm.Body[0]) is var line
                && indent + patterns.Length - Math.Max(0, patterns.LastIndexOf('\n')) + line.Length < ConditionWriter.Width)
                Append($"{patterns}) {line} ;;");
            else
            {
                Append($"{patterns})");
                Body(arm.Body);
                Append("  ;;");
            }
        }
        Append("esac");
    }

    private static string OneLine(Statement statement) => Write([statement]).TrimEnd('\n');

    private string Patterns(ImmutableArray<Word> patterns)
    {
        var texts = patterns.Select(WordWriter.Pattern).ToList();
        var line = string.Join(" | ", texts);
        return indent + line.Length + ") return 0 ;;".Length <= ConditionWriter.Width
            ? line
            : string.Join($" | \\\n{new string(' ', indent + Indent)}", texts);
    }

    private void Append(For loop)
    {
        var words = loop.Words.Select(WordWriter.Argument).ToList();
        var line = string.Join(' ', words);
        var gap = $" \\\n{new string(' ', indent + Indent)}";
        var fits = indent + line.Length + loop.Variable.Length + "for  in ; do".Length <= ConditionWriter.Width;
        Append($"for {loop.Variable} in{(fits ? " " + line : gap + string.Join(gap, words))}; do");
        Body(loop.Body);
        Append("done");
    }

    private void Append(string line) => output.Append(' ', indent).Append(line).Append('\n');
}
