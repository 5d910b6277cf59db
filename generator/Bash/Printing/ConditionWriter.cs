using System.Text;

namespace VmRecovery.Bash.Printing;

/// <summary>Writes conditions as and/or lists.</summary>
internal static class ConditionWriter
{
    /// <summary>Beyond this many columns a list is broken behind its operators.</summary>
    public const int Width = 100;

    /// <summary>The condition where a command list may stand.</summary>
    /// <param name="condition">What to write.</param>
    /// <param name="column">Columns that are taken in the line already.</param>
    /// <param name="indent">Indentation of the statement, in columns.</param>
    public static string Write(Condition condition, int column, int indent)
    {
        var line = List(condition, " ");
        if (column + line.Length <= Width || condition is not (All or Any))
            return line;
        return List(condition, "\n" + new string(' ', indent + BashWriter.Indent));
    }

    /// <summary>How many columns it takes on one line.</summary>
    public static int Length(Condition condition) => List(condition, " ").Length;

    private static string List(Condition condition, string gap) => condition switch
    {
        All { Operands: var operands } => string.Join(" &&" + gap, operands.Select(Operand)),
        Any { Operands: var operands } => string.Join(" ||" + gap, operands.Select(Operand)),
        _ => Operand(condition),
    };

    private static string Operand(Condition condition) => condition switch
    {
        Fixed { Answer: var answer } => answer ? "true" : "false",
        Like like => $"[[ {Test(like)} ]]",
        Regex { Negated: var negated } regex => $"[[ {(negated ? "! " : "")}{WordWriter.Whole(regex.Subject)} =~ ${{{regex.Pattern}}} ]]",
        Arithmetic { Expression: var expression } => $"(({expression}))",
        Succeeds { Command: var command, Negated: var negated } => (negated ? "! " : "") + BashWriter.Line(command),
        // and/or lists of bash have no precedence: what belongs together needs braces.
        All or Any => $"{{ {List(condition, " ")}; }}",
        _ => throw new InvalidOperationException($"no bash for {condition}"),
    };

    private static string Test(Like like)
    {
        var subject = WordWriter.Whole(like.Subject);
        var output = new StringBuilder();
        foreach (var pattern in like.Patterns)
        {
            if (output.Length > 0)
                output.Append(like.Negated ? " && " : " || ");
            output.Append(subject).Append(like.Negated ? " != " : " == ").Append(WordWriter.Pattern(pattern));
        }
        return output.ToString();
    }
}
