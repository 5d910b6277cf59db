using System.Text;
using System.Text.RegularExpressions;

namespace VmRecovery.Compiler.Translation;

/// <summary>A part of a parsed pattern.</summary>
internal abstract record PatternNode;

/// <summary>One character that stands for itself.</summary>
internal sealed record Letter(char Value) : PatternNode;

/// <summary><c>^</c> or <c>$</c>.</summary>
internal sealed record Anchor(bool Start, int Index) : PatternNode;

/// <summary>Parentheses.</summary>
/// <param name="Inner">The pattern between them.</param>
/// <param name="Number">The number that .NET gives to the captured text, from 1; 0 for <c>(?:…)</c>.</param>
internal sealed record Group(PatternNode Inner, int Number = 0) : PatternNode;

/// <summary>A quantifier in its POSIX form.</summary>
internal sealed record Repeat(PatternNode Inner, string Suffix) : PatternNode;

/// <summary>One behind the other.</summary>
internal sealed record Sequence(IReadOnlyList<PatternNode> Items) : PatternNode;

/// <summary>One of several.</summary>
internal sealed record Choice(IReadOnlyList<PatternNode> Branches) : PatternNode;

/// <summary>One character of a set, or any but those.</summary>
/// <param name="Ranges">First and last, both included.</param>
/// <param name="Negated">Whether the set is what must not stand there.</param>
internal sealed record CharacterSet(IReadOnlyList<(char First, char Last)> Ranges, bool Negated) : PatternNode
{
    /// <summary>Any character but the line end.</summary>
    public static readonly CharacterSet Dot = new([('\n', '\n')], Negated: true);

    /// <summary>The set behind <c>\d</c>, <c>\s</c> or <c>\w</c>, as .NET sees the first 256 characters.</summary>
    public static CharacterSet Of(char letter)
    {
        var ranges = new List<(char, char)>();
        var pattern = new Regex("\\" + char.ToLowerInvariant(letter), RegexOptions.CultureInvariant);
        for (var c = '\x01'; c <= '\xFF'; c++)
        {
            var first = c;
            while (c <= '\xFF' && pattern.IsMatch(c.ToString()))
                c++;
            if (c > first)
                ranges.Add((first, (char)(c - 1)));
        }
        return new CharacterSet(ranges, char.IsUpper(letter));
    }

    /// <summary>The bracket expression. In it a backslash means itself and the order keeps special characters plain.</summary>
    public string ToPosix()
    {
        var singles = new HashSet<char>();
        var body = new StringBuilder();
        foreach (var (first, last) in Ranges.Distinct())
        {
            if (last - first <= 1)
            {
                foreach (var c in first == last ? [first] : new[] { first, last })
                    if (!"]^[-".Contains(c, StringComparison.Ordinal))
                        body.Append(singles.Add(c) ? c : "");
                    else
                        singles.Add(c);
                continue;
            }
            AppendRange(body, first, last, singles);
        }
        if (singles is { Count: 1 } && singles.Contains('^') && body.Length == 0 && !Negated)
            return "\\^";
        var output = new StringBuilder(Negated ? "[^" : "[");
        if (singles.Contains(']'))
            output.Append(']');
        output.Append(body);
        if (singles.Contains('['))
            output.Append('[');
        if (singles.Contains('^'))
            output.Append('^');
        if (singles.Contains('-'))
            output.Append('-');
        return output.Append(']').ToString();
    }

    private static void AppendRange(StringBuilder body, char first, char last, HashSet<char> singles)
    {
        // An end that is special by itself would need an escape, which brackets do not have.
        while (first <= last && "]^[-".Contains(first, StringComparison.Ordinal))
            singles.Add(first++);
        while (last > first && "]^[-".Contains(last, StringComparison.Ordinal))
            singles.Add(last--);
        if (first <= last)
            body.Append(first).Append(last - first > 1 ? "-" : "").Append(last == first ? "" : last);
    }
}
