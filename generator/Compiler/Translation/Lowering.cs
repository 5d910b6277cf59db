using System.Collections.Immutable;
using VmRecovery.Bash.Printing;

namespace VmRecovery.Compiler.Translation;

/// <summary>Turns a condition into the statements of a function that answers it with its status.</summary>
/// <param name="pure">Whether no operand changes anything, so that cheap and alike tests may come together.</param>
internal sealed class Lowering(bool pure)
{
    private const string RegexVariable = "_re";
    private const int ShortList = 2;

    private static readonly Word Rest = new([new AnyText()]);

    private int regexes;

    /// <summary>Whether a variable of that name may be needed for a regular expression.</summary>
    public static bool Takes(string name) =>
        name.StartsWith(RegexVariable, StringComparison.Ordinal) && name.AsSpan(RegexVariable.Length).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Variables for regular expressions that the statements need.</summary>
    public IEnumerable<string> Variables => Enumerable.Range(1, regexes).Select(Name);

    /// <summary>Statements that end the function with the answer.</summary>
    public ImmutableArray<Statement> Answer(Condition condition)
    {
        var output = ImmutableArray.CreateBuilder<Statement>();
        Answer(Conditions.Join(condition, pure), output);
        return output.ToImmutable();
    }

    /// <summary>A condition for <c>if</c>; what it needs before is added to <paramref name="before"/>.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="before">Statements in front of the first <c>if</c>.</param>
    /// <param name="used">How many variables the conditions of the same <c>if</c> … <c>elif</c> hold already.</param>
    public Condition Inline(Condition condition, ImmutableArray<Statement>.Builder before, ref int used) =>
        Bind(Conditions.Join(condition, pure), before, ref used);

    private void Answer(Condition condition, ImmutableArray<Statement>.Builder output)
    {
        switch (condition)
        {
            case Fixed { Answer: var answer }:
                output.Add(new Return(answer ? 0 : 1));
                return;
            case Any { Operands: var operands }:
                var groups = Searches(operands);
                foreach (var group in groups.SkipLast(1))
                    ReturnWhen(group, output);
                AnswerLast(groups[^1], output);
                return;
            case All { Operands: var operands } when !IsShort(condition):
                var ordered = pure ? [.. operands.OrderBy(o => IsShort(o) ? 0 : 1)] : operands;
                foreach (var operand in ordered.SkipLast(1))
                    if (operand is Like { Negated: true } or Succeeds { Negated: true } or Search { Negated: true })
                        ReturnWhen([Conditions.Not(operand)], output, status: 1);
                    else
                        output.Add(new ReturnUnless(Bind(operand, output), 1));
                Answer(ordered[^1], output);
                return;
            default:
                AnswerLast([condition], output);
                return;
        }
    }

    private void AnswerLast(ImmutableArray<Condition> group, ImmutableArray<Statement>.Builder output)
    {
        if (group is [All or Any] && !IsShort(group[0]))
            Answer(group[0], output);
        else if (group is [var single] && (IsShort(single) || single is Search))
            output.Add(new Check(Bind(single, output)));
        else if (group is [Like { Negated: false } like])
            output.Add(new Case(like.Subject, [new Arm(like.Patterns, [new Return(0)]), new Arm([Rest], [new Return(1)])]));
        else
        {
            ReturnWhen(group, output);
            output.Add(new Return(1));
        }
    }

    /// <summary>Operands in order, regular expressions over the same text together.</summary>
    private List<ImmutableArray<Condition>> Searches(ImmutableArray<Condition> operands)
    {
        var groups = new List<ImmutableArray<Condition>>();
        foreach (var operand in operands)
        {
            var partner = operand is Search { Negated: false } search
                ? groups.FindLastIndex(g => g[0] is Search { Negated: false } other && other.Subject.Equals(search.Subject))
                : -1;
            if (partner < 0 || !pure && partner != groups.Count - 1)
                groups.Add([operand]);
            else
                groups[partner] = groups[partner].Add(operand);
        }
        return groups;
    }

    private void ReturnWhen(ImmutableArray<Condition> group, ImmutableArray<Statement>.Builder output, int status = 0)
    {
        switch (group)
        {
            case [Search first, _, ..]:
                output.Add(new For(
                    Use(1),
                    [.. group.Select(c => new Word([new ByteText(((Search)c).Expression)]))],
                    [new ReturnWhen(new Bash.Printing.Regex(first.Subject, Name(1)), status)]));
                break;
            case [Like { Negated: false, Patterns.Length: > ShortList } like]:
                output.Add(new Case(like.Subject, [new Arm(like.Patterns, [new Return(status)]), new Arm([Rest], [])]));
                break;
            case [Any { Operands: var operands }]:
                foreach (var inner in Searches(operands))
                    ReturnWhen(inner, output, status);
                break;
            case [All { Operands: var operands }] when !operands.All(IsShort):
                Nest(operands, output, status);
                break;
            default:
                output.Add(new ReturnWhen(Bind(group[0], output), status));
                break;
        }
    }

    private void Nest(ImmutableArray<Condition> operands, ImmutableArray<Statement>.Builder output, int status)
    {
        var ordered = pure ? [.. operands.OrderBy(o => IsShort(o) ? 0 : 1)] : operands;
        var outer = Conditions.Both(ordered.SkipLast(1));
        var inner = ImmutableArray.CreateBuilder<Statement>();
        var test = Bind(outer, output);
        ReturnWhen([ordered[^1]], inner, status);
        output.Add(new If([new Branch(test, inner.ToImmutable())], []));
    }

    private static bool IsShort(Condition condition) => condition switch
    {
        Search => false,
        Like { Negated: false } like => like.Patterns.Length <= ShortList,
        All { Operands: var operands } => operands.All(IsShort) && operands.Length <= 3,
        Any { Operands: var operands } => operands.All(IsShort) && operands.Length <= 2,
        _ => true,
    };

    private Condition Bind(Condition condition, ImmutableArray<Statement>.Builder before)
    {
        var used = 0;
        return Bind(condition, before, ref used);
    }

    private Condition Bind(Condition condition, ImmutableArray<Statement>.Builder before, ref int used)
    {
        switch (condition)
        {
            case Search search:
                var variable = Use(++used);
                before.Add(new Assign(new Binding(variable, new Word([new ByteText(search.Expression)]))));
                return new Bash.Printing.Regex(search.Subject, variable, search.Negated);
            case All { Operands: var operands }:
                return new All(BindEach(operands, before, ref used));
            case Any { Operands: var operands }:
                return new Any(BindEach(operands, before, ref used));
            default:
                return condition;
        }
    }

    private ImmutableArray<Condition> BindEach(
        ImmutableArray<Condition> operands, ImmutableArray<Statement>.Builder before, ref int used)
    {
        var bound = ImmutableArray.CreateBuilder<Condition>(operands.Length);
        foreach (var operand in operands)
            bound.Add(Bind(operand, before, ref used));
        return bound.MoveToImmutable();
    }

    private string Use(int number)
    {
        regexes = Math.Max(regexes, number);
        return Name(number);
    }

    private static string Name(int number) =>
        number == 1 ? RegexVariable : FormattableString.Invariant($"{RegexVariable}{number}");
}
