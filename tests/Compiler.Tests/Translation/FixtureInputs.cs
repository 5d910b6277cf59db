using System.Reflection;

namespace VmRecovery.Tests.Translation;

/// <summary>Makes calls for a method: values of the right types, most of them close to what the policy asks for.</summary>
internal sealed class FixtureInputs(PolicyLiterals literals, CompiledPolicy policy)
{
    private static readonly string[] Hostile =
    [
        "", " ", "a b", "*", "?", "[a]", "$(exit 9)", "`exit 9`", "${HOME}", "'", "\"", "\\", "\\\\", "-n", "--", "=", "~", "a\nb", "\n", "\t", "!x",
        "\xE9", "\xFF\xFE", "\xC3\xA9", "&& exit", ";", "#", "$'x'", "x]]", "(", "a|b", "0", "00", "08",
    ];

    /// <summary>A case of that method; the node answers at random unless its answers are given.</summary>
    public FixtureCase Call(string function, MethodInfo method, Dice dice, ulong? known = null)
    {
        var shared = new PolicyCase(
            Command(dice), Math.Clamp(Number(dice), 0, 255), Log(dice), dice.Below(policy.Classes), dice.Below(4), dice.Below(4), dice.Below(2) == 0, dice.Below(2) == 0);
        var answers = known ?? dice.Below(3) switch { 0 => 0, 1 => ulong.MaxValue, _ => ((ulong)dice.Below(int.MaxValue) << 30) ^ (ulong)dice.Below(int.MaxValue) } >> 4;
        var words = new List<string>();
        var arguments = method.GetParameters().Select(p => Argument(p.ParameterType, shared, answers, dice, words)).ToArray();
        return new FixtureCase(function, () => Answer(method, arguments), Kind(method.ReturnType), shared, answers, words);
    }

    /// <summary>A text that is a literal of the policy, nearly one, a match of a pattern, or nasty.</summary>
    public string Text(Dice dice)
    {
        var text = dice.Below(8) switch
        {
            0 or 1 or 2 => literals.Text(dice),
            3 => PolicyLiterals.Bent(dice, literals.Text(dice)),
            4 => literals.Text(dice) + Hostile[dice.Below(Hostile.Length)] + literals.Text(dice),
            5 => literals.Match(dice),
            6 => PolicyLiterals.Bytes(dice),
            _ => Hostile[dice.Below(Hostile.Length)],
        };
        return text.Replace("\0", "", StringComparison.Ordinal);
    }

    private string Command(Dice dice) => dice.Below(3) switch
    {
        0 => Text(dice),
        1 => $"{Text(dice)} {Text(dice)}",
        _ => $"/usr/sbin/{literals.Text(dice)} {Text(dice)}",
    };

    private string Log(Dice dice) =>
        string.Concat(Enumerable.Range(0, dice.Below(4)).Select(_ => (dice.Below(2) == 0 ? literals.Match(dice) : Text(dice)) + (dice.Below(2) == 0 ? "\n" : "")))
            .Replace("\0", "", StringComparison.Ordinal);

    private int Number(Dice dice) => dice.Below(8) switch
    {
        0 or 1 or 5 when !literals.Numbers.IsEmpty => literals.Numbers[dice.Below(literals.Numbers.Length)] * (dice.Below(3) == 0 ? -1 : 1) + dice.Below(3) - 1,
        2 => int.MinValue + dice.Below(3),
        3 => int.MaxValue - dice.Below(3),
        4 => dice.Below(int.MaxValue) * (dice.Below(2) == 0 ? 2 : -2),
        _ => dice.Below(40) - 20,
    };

    private object Argument(Type type, PolicyCase shared, ulong answers, Dice dice, List<string> words)
    {
        if (type.IsInterface)
            return RecordedNode.Create(type, answers);
        if (type.Name is "Failure")
            return policy.Failure(shared);
        if (type.Name is "Situation")
            return policy.Situation(shared);
        object value = type switch
        {
            { IsEnum: true } => Enum.GetValues(type).GetValue(dice.Below(Enum.GetValues(type).Length))!,
            _ when type == typeof(bool) => dice.Below(2) == 0,
            _ when type == typeof(int) => Number(dice),
            // Texts of one call are often alike, so that comparing them can end either way.
            _ when words.Count > 0 && dice.Below(3) == 0 => words[dice.Below(words.Count)] is var other && dice.Below(2) == 0 ? other + literals.Text(dice) : other,
            _ => Text(dice),
        };
        words.Add(CompiledPolicy.InBash(value));
        return value;
    }

    private static string Answer(MethodInfo method, object[] arguments)
    {
        var result = method.Invoke(null, arguments);
        var calls = arguments.Where(a => a is RecordedNode).Select(RecordedNode.CallsOf);
        return $"{(result is null ? "" : CompiledPolicy.InBash(result))}\x1d{string.Concat(calls)}";
    }

    private static ResultKind Kind(Type type) =>
        type == typeof(bool) ? ResultKind.Bool : type == typeof(void) ? ResultKind.Void : ResultKind.Reply;
}
