using System.Globalization;

namespace VmRecovery.Compiler.Translation;

/// <summary>Reads the part of .NET's pattern language that POSIX shares, and names what it does not share.</summary>
internal sealed class PatternParser(string pattern)
{
    // RE_DUP_MAX of POSIX (limits.h); glibc takes more, others do not.
    private const int MaxRepeat = 255;

    private int position;
    private int groups;

    private bool AtEnd => position >= pattern.Length;

    /// <summary>The whole pattern.</summary>
    public PatternNode Parse()
    {
        var tree = ParseChoice();
        if (!AtEnd)
            throw new PatternException(position, 1, TranslationDiagnostics.InvalidRegex, "not a regular expression: ')' without '('");
        return tree;
    }

    private PatternNode ParseChoice()
    {
        var branches = new List<PatternNode> { ParseSequence() };
        while (!AtEnd && pattern[position] == '|')
        {
            position++;
            branches.Add(ParseSequence());
        }
        return branches.Count == 1 ? branches[0] : new Choice(branches);
    }

    private Sequence ParseSequence()
    {
        var items = new List<PatternNode>();
        while (!AtEnd && pattern[position] is not ('|' or ')'))
            items.Add(ParseQuantified());
        if (items.Count == 0)
            throw Refused(position, 1, "an empty branch is not possible; write '(…)?'");
        return new Sequence(items);
    }

    private PatternNode ParseQuantified()
    {
        var start = position;
        var atom = ParseAtom();
        if (ParseSuffix() is not { } suffix)
            return atom;
        if (atom is Anchor)
            throw Refused(start, position - start, "a line end cannot be repeated");
        if (!AtEnd && pattern[position] == '?')
            throw Refused(position, 1, "a lazy quantifier has no POSIX equivalent; whether a text matches does not depend on it: leave it out");
        if (!AtEnd && pattern[position] is '*' or '+')
            throw new PatternException(position, 1, TranslationDiagnostics.InvalidRegex, "not a regular expression: a quantifier behind a quantifier");
        return new Repeat(atom, suffix);
    }

    private string? ParseSuffix()
    {
        if (AtEnd)
            return null;
        if (pattern[position] is '*' or '+' or '?')
            return pattern[position++].ToString();
        return pattern[position] == '{' ? ParseBraces() : null;
    }

    private string? ParseBraces()
    {
        // .NET takes '{' for itself when no quantifier follows.
        var end = pattern.IndexOf('}', position);
        if (end < 0)
            return null;
        var parts = pattern[(position + 1)..end].Split(',');
        if (parts.Length > 2 || !Number(parts[0], out var least) || parts.Length == 2 && parts[1].Length > 0 && !Number(parts[1], out _))
            return null;
        var most = parts.Length == 2 && parts[1].Length > 0 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : least;
        if (Math.Max(least, most) > MaxRepeat)
            throw Refused(position, end + 1 - position, $"POSIX counts to {MaxRepeat} only");
        if (most < least)
            throw new PatternException(position, end + 1 - position, TranslationDiagnostics.InvalidRegex, "not a regular expression: the smaller number comes first");
        var text = pattern[position..(end + 1)];
        position = end + 1;
        return text;
    }

    private static bool Number(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private PatternNode ParseAtom()
    {
        var c = pattern[position];
        switch (c)
        {
            case '(':
                return ParseGroup();
            case '[':
                return new SetParser(pattern, ref position).Parse(ref position);
            case '\\':
                return ParseEscape();
            case '.':
                position++;
                return CharacterSet.Dot;
            case '^' or '$':
                return new Anchor(c == '^', position++);
            case '*' or '+' or '?':
                throw new PatternException(position, 1, TranslationDiagnostics.InvalidRegex, $"not a regular expression: nothing in front of '{c}'");
            default:
                position++;
                return new Letter(Ascii(c, position - 1));
        }
    }

    private Group ParseGroup()
    {
        var start = position++;
        var number = 0;
        if (AtEnd || pattern[position] != '?')
            number = ++groups;
        else
        {
            if (!pattern.AsSpan(position).StartsWith("?:"))
                throw Refused(start, Math.Min(4, pattern.Length - start), "look-around, named groups and inline options have no POSIX equivalent; '(…)' and '(?:…)' are allowed");
            position += 2;
        }
        var inner = ParseChoice();
        if (AtEnd)
            throw new PatternException(start, 1, TranslationDiagnostics.InvalidRegex, "not a regular expression: '(' without ')'");
        position++;
        return new Group(inner, number);
    }

    private PatternNode ParseEscape()
    {
        var start = position++;
        if (AtEnd)
            throw new PatternException(start, 1, TranslationDiagnostics.InvalidRegex, "not a regular expression: nothing behind '\\'");
        var c = pattern[position++];
        if (c is 'd' or 's' or 'w' or 'D' or 'S' or 'W')
            return CharacterSet.Of(c);
        return new Letter(Escaped(pattern, start, ref position));
    }

    /// <summary>The character behind a backslash at <paramref name="start"/>.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="start">Where the backslash is.</param>
    /// <param name="position">Behind the escape afterwards.</param>
    internal static char Escaped(string pattern, int start, ref int position)
    {
        var c = pattern[start + 1];
        position = start + 2;
        switch (c)
        {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case 'f':
                return '\f';
            case 'v':
                return '\v';
            case 'x' when start + 4 <= pattern.Length
                && byte.TryParse(pattern.AsSpan(start + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                && value is > 0 and < 128:
                position = start + 4;
                return (char)value;
        }
        if (char.IsAsciiLetterOrDigit(c))
            throw Refused(start, 2, $"'\\{c}' has no POSIX equivalent; allowed are \\d \\s \\w \\n \\t \\r and escaped punctuation");
        return Ascii(c, start + 1);
    }

    /// <summary>The character, if logs can be searched for it.</summary>
    internal static char Ascii(char c, int index) =>
        c is > '\0' and < '\x80'
            ? c
            : throw new PatternException(index, 1, TranslationDiagnostics.Characters, "a log is bytes: only ASCII can be looked for");

    internal static PatternException Refused(int index, int length, string message) =>
        new(index, length, TranslationDiagnostics.RegexFeature, message);
}
