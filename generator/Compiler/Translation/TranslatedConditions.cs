using System.Collections.Immutable;
using VmRecovery.Bash.Printing;

namespace VmRecovery.Compiler.Translation;

/// <summary>A comparison of numbers, before neighbours are joined into one <c>(( ))</c>.</summary>
internal sealed record Comparison(string Left, string Operator, string Right) : Condition;

/// <summary>A regular expression that has no variable yet.</summary>
/// <param name="Subject">What is looked at.</param>
/// <param name="Expression">POSIX ERE, one byte a character.</param>
/// <param name="Negated">Whether it must not match.</param>
internal sealed record Search(Word Subject, string Expression, bool Negated = false) : Condition;

/// <summary>Builds conditions and keeps them flat, negations at the leaves.</summary>
internal static class Conditions
{
    private static readonly ImmutableDictionary<string, string> Opposite = new Dictionary<string, string>
    {
        ["=="] = "!=",
        ["!="] = "==",
        ["<"] = ">=",
        [">="] = "<",
        [">"] = "<=",
        ["<="] = ">",
    }.ToImmutableDictionary();

    public static Condition Both(params IEnumerable<Condition> operands)
    {
        ImmutableArray<Condition> flat = [.. operands.SelectMany(o => o is All { Operands: var inner } ? inner : [o])];
        if (Certain(flat, answer: false) is { } certain)
            return certain is [var alone] ? alone : new All(certain);
        flat = [.. flat.Where(o => o is not Fixed)];
        return flat.Length switch { 0 => new Fixed(true), 1 => flat[0], _ => new All(flat) };
    }

    public static Condition Either(params IEnumerable<Condition> operands)
    {
        ImmutableArray<Condition> flat = [.. operands.SelectMany(o => o is Any { Operands: var inner } ? inner : [o])];
        if (Certain(flat, answer: true) is { } certain)
            return certain is [var alone] ? alone : new Any(certain);
        flat = [.. flat.Where(o => o is not Fixed)];
        return flat.Length switch { 0 => new Fixed(false), 1 => flat[0], _ => new Any(flat) };
    }

    /// <summary>The operands up to a fixed one that decides; the commands before it still run. Null when none decides.</summary>
    private static ImmutableArray<Condition>? Certain(ImmutableArray<Condition> operands, bool answer)
    {
        var index = operands.ToList().FindIndex(o => o is Fixed known && known.Answer == answer);
        if (index < 0)
            return null;
        ImmutableArray<Condition> before = [.. operands.Take(index).Where(o => o is not Fixed)];
        return before.Any(Runs) ? before.Add(operands[index]) : [operands[index]];
    }

    private static bool Runs(Condition condition) => condition switch
    {
        Succeeds => true,
        All { Operands: var operands } => operands.Any(Runs),
        Any { Operands: var operands } => operands.Any(Runs),
        _ => false,
    };

    /// <summary>The opposite (De Morgan): bash has no negation of a list that reads well.</summary>
    public static Condition Not(Condition condition) => condition switch
    {
        Fixed { Answer: var answer } => new Fixed(!answer),
        Like like => like with { Negated = !like.Negated },
        Search search => search with { Negated = !search.Negated },
        Succeeds succeeds => succeeds with { Negated = !succeeds.Negated },
        Comparison comparison => comparison with { Operator = Opposite[comparison.Operator] },
        All { Operands: var operands } => Either(operands.Select(Not)),
        Any { Operands: var operands } => Both(operands.Select(Not)),
        _ => throw new InvalidOperationException($"no opposite of {condition}"),
    };

    /// <summary>Joins neighbours that one test can answer; leaves no <see cref="Comparison"/>.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="reorder">Whether operands may change places: only when none of them changes anything.</param>
    public static Condition Join(Condition condition, bool reorder) => condition switch
    {
        Comparison c => new Arithmetic($"{c.Left} {c.Operator} {c.Right}"),
        Any { Operands: var operands } => Either(Joined(operands, reorder, negated: false)),
        All { Operands: var operands } => Both(Joined(operands, reorder, negated: true)),
        _ => condition,
    };

    private static List<Condition> Joined(ImmutableArray<Condition> operands, bool reorder, bool negated)
    {
        var joined = new List<Condition>();
        foreach (var operand in operands)
        {
            var next = Join(operand, reorder);
            var partner = reorder
                ? joined.FindIndex(c => CanJoin(c, next, negated))
                : joined.Count > 0 && CanJoin(joined[^1], next, negated) ? joined.Count - 1 : -1;
            if (partner < 0)
                joined.Add(next);
            else
                joined[partner] = (joined[partner], next) switch
                {
                    (Like a, Like b) => a with { Patterns = [.. a.Patterns, .. b.Patterns.Except(a.Patterns)] },
                    (Arithmetic a, Arithmetic b) => new Arithmetic(
                        negated ? $"{Factor(a)} && {Factor(b)}" : $"{a.Expression} || {b.Expression}"),
                    _ => throw new InvalidOperationException("not joinable"),
                };
        }
        return joined;
    }

    private static string Factor(Arithmetic a) =>
        a.Expression.Contains("||", StringComparison.Ordinal) ? $"({a.Expression})" : a.Expression;

    private static bool CanJoin(Condition a, Condition b, bool negated) => (a, b) switch
    {
        (Like x, Like y) => x.Negated == negated && y.Negated == negated && x.Subject.Equals(y.Subject),
        (Arithmetic, Arithmetic) => true,
        _ => false,
    };
}
