using System.Text;

namespace VmRecovery.Translation;

/// <summary>A pattern that POSIX ERE cannot say.</summary>
/// <param name="offset">Where in the pattern, from 0.</param>
/// <param name="length">How many characters.</param>
/// <param name="message">What is wrong and what to write instead.</param>
internal sealed class RegexNotPortableException(int offset, int length, string message) : Exception(message)
{
    /// <summary>Where in the pattern, from 0.</summary>
    public int Offset { get; } = offset;

    /// <summary>How many characters.</summary>
    public int Length { get; } = length;
}

/// <summary>
/// Rewrites a .NET pattern as POSIX ERE (regex(7)) with the same matches, in the dialect that both know: literals,
/// classes, groups, alternation, greedy quantifiers, and <c>^ $ .</c> by line.
/// </summary>
internal sealed class EreRegex
{
    private const string Digits = "0-9";
    private const string Spaces = " \t\n\v\f\r";
    private readonly string pattern;
    private readonly StringBuilder output = new();
    private int position;
    private int groups;

    private EreRegex(string pattern) => this.pattern = pattern;

    /// <summary>The ERE.</summary>
    /// <exception cref="RegexNotPortableException">There is none with the same meaning.</exception>
    public static string From(string pattern)
    {
        var regex = new EreRegex(pattern);
        regex.Alternatives();
        return regex.output.ToString();
    }

    private void Alternatives()
    {
        var operandBefore = false;
        while (position < pattern.Length)
        {
            var start = position;
            var c = pattern[position++];
            switch (c)
            {
                case '|':
                    output.Append('|');
                    operandBefore = false;
                    break;
                case '(':
                    Group(start);
                    operandBefore = true;
                    break;
                case ')':
                    if (groups == 0)
                        throw Refuse(start, 1, "')' without '('");
                    position = start;
                    return;
                case '[':
                    Class();
                    operandBefore = true;
                    break;
                case '.':
                    output.Append("[^\n]");
                    operandBefore = true;
                    break;
                case '^':
                    output.Append("(^|\n)");
                    operandBefore = false;
                    break;
                case '$':
                    output.Append("($|\n)");
                    operandBefore = false;
                    break;
                case '*' or '+' or '?' or '{':
                    if (c == '{' && !IsCounted(start))
                        throw Refuse(start, 1, "'{' that begins no count; write '\\{'");
                    if (!operandBefore)
                        throw Refuse(start, 1, $"'{c}' has nothing to repeat");
                    Quantifier(start, c);
                    break;
                case '\\':
                    Escape(start);
                    operandBefore = true;
                    break;
                default:
                    Literal(c);
                    operandBefore = true;
                    break;
            }
        }
        if (groups > 0)
            throw Refuse(pattern.Length - 1, 1, "'(' without ')'");
    }

    private void Group(int start)
    {
        if (position < pattern.Length && pattern[position] == '?')
        {
            if (!pattern.AsSpan(position).StartsWith("?:", StringComparison.Ordinal))
                throw Refuse(start, 3, "look-around, named groups and options have no POSIX equivalent; use a plain group");
            position += 2;
        }
        output.Append('(');
        groups++;
        Alternatives();
        if (position >= pattern.Length)
            throw Refuse(start, 1, "'(' without ')'");
        position++;
        groups--;
        output.Append(')');
    }

    private bool IsCounted(int start)
    {
        var end = pattern.IndexOf('}', start);
        return end > start + 1
            && char.IsAsciiDigit(pattern[start + 1])
            && pattern[(start + 1)..end].All(c => char.IsAsciiDigit(c) || c == ',');
    }

    private void Quantifier(int start, char c)
    {
        if (c == '{')
        {
            var end = pattern.IndexOf('}', start);
            output.Append(pattern, start, end + 1 - start);
            position = end + 1;
        }
        else
        {
            output.Append(c);
        }
        if (position < pattern.Length && pattern[position] is '?' or '+' or '*')
            throw Refuse(start, position + 1 - start, "lazy and possessive quantifiers have no POSIX equivalent; name the characters in a class");
    }

    private void Escape(int start)
    {
        if (position >= pattern.Length)
            throw Refuse(start, 1, "'\\' at the end");
        var c = pattern[position++];
        if (Shorthand(c) is { } set)
            output.Append('[').Append(set).Append(']');
        else if (c is 'D' or 'S' or 'W')
            output.Append("[^").Append(Shorthand(char.ToLowerInvariant(c))).Append(']');
        else if (Control(c) is { } control)
            Literal(control);
        else if (char.IsAsciiLetterOrDigit(c))
            throw Refuse(start, 2, $"'\\{c}' has no POSIX equivalent; use a class such as [a-z]");
        else
            Literal(c);
    }

    private void Class()
    {
        var start = position - 1;
        var negated = position < pattern.Length && pattern[position] == '^';
        if (negated)
            position++;
        var members = new StringBuilder();
        var (hasBracket, hasCaret, hasHyphen) = (false, false, false);
        var first = true;
        while (true)
        {
            if (position >= pattern.Length)
                throw Refuse(start, 1, "'[' without ']'");
            var c = pattern[position++];
            if (c == ']' && !first)
                break;
            first = false;
            if (c == '[')
                throw Refuse(position - 1, 1, "'[' inside a class; POSIX reads a named class there; write '\\['");
            if (c == '\\')
            {
                if (position >= pattern.Length)
                    throw Refuse(start, 1, "'[' without ']'");
                var escaped = pattern[position++];
                if (Shorthand(escaped) is { } set)
                {
                    members.Append(set);
                    continue;
                }
                if (Control(escaped) is { } control)
                    c = control;
                else if (char.IsAsciiLetterOrDigit(escaped))
                    throw Refuse(position - 2, 2, $"'\\{escaped}' has no POSIX equivalent in a class");
                else
                    c = escaped;
                hasBracket |= c == ']';
                hasCaret |= c == '^';
                hasHyphen |= c == '-';
                if (c is not (']' or '^' or '-'))
                    members.Append(c);
                continue;
            }
            if (c == '-' && (position < pattern.Length && pattern[position] == ']' || members.Length == 0))
            {
                hasHyphen = true;
                continue;
            }
            members.Append(c);
        }
        // POSIX: ']' first, '-' last, '^' anywhere but first (regex(7)).
        if (members.Length == 0 && hasCaret && !hasBracket && !hasHyphen && !negated)
        {
            output.Append("\\^");
            return;
        }
        output.Append('[').Append(negated ? "^" : "").Append(hasBracket ? "]" : "").Append(members)
            .Append(hasCaret ? "^" : "").Append(hasHyphen ? "-" : "").Append(']');
    }

    private void Literal(char c)
    {
        if (".[]{}()\\*+?|^$".Contains(c, StringComparison.Ordinal))
            output.Append('\\');
        output.Append(c);
    }

    /// <summary>ASCII only: the policy sees bytes.</summary>
    private static string? Shorthand(char c) => c switch
    {
        'd' => Digits,
        's' => Spaces,
        'w' => "A-Za-z0-9_",
        _ => null,
    };

    private static char? Control(char c) => c switch
    {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'f' => '\f',
        'v' => '\v',
        _ => null,
    };

    private static RegexNotPortableException Refuse(int offset, int length, string message) => new(offset, length, message);
}
