namespace VmRecovery.Compiler.Translation;

/// <summary>Reads <c>[…]</c>.</summary>
internal ref struct SetParser
{
    private readonly string pattern;
    private readonly int start;
    private readonly List<(char, char)> ranges = [];
    private int position;

    public SetParser(string pattern, ref int position)
    {
        this.pattern = pattern;
        start = position;
        this.position = position + 1;
    }

    /// <summary>The set.</summary>
    /// <param name="end">Set to behind the bracket.</param>
    public CharacterSet Parse(ref int end)
    {
        var negated = Peek() == '^';
        if (negated)
            position++;
        // A bracket in the first place means itself.
        var first = true;
        while (Peek() != ']' || first)
        {
            if (!first && Peek() == '-' && position + 1 < pattern.Length && pattern[position + 1] == '[')
                throw PatternParser.Refused(position, 2, "subtracting a set has no POSIX equivalent");
            first = false;
            ParseItem();
        }
        end = position + 1;
        return new CharacterSet(ranges, negated);
    }

    private void ParseItem()
    {
        if (Peek() == '\\' && position + 1 < pattern.Length && "dsw".Contains(pattern[position + 1], StringComparison.Ordinal))
        {
            ranges.AddRange(CharacterSet.Of(pattern[position + 1]).Ranges);
            position += 2;
            return;
        }
        var from = position;
        var low = ParseCharacter();
        if (Peek() != '-' || position + 1 >= pattern.Length || pattern[position + 1] == ']')
        {
            ranges.Add((low, low));
            return;
        }
        position++;
        if (Peek() == '[')
            throw PatternParser.Refused(position - 1, 2, "subtracting a set has no POSIX equivalent");
        var high = ParseCharacter();
        if (high < low)
            throw new PatternException(from, position - from, TranslationDiagnostics.InvalidRegex, "not a regular expression: the range runs backwards");
        ranges.Add((low, high));
    }

    private char ParseCharacter()
    {
        var c = Peek();
        if (c == '\\' && position + 1 < pattern.Length)
            return PatternParser.Escaped(pattern, position, ref position);
        return PatternParser.Ascii(c, position++);
    }

    private readonly char Peek() =>
        position < pattern.Length
            ? pattern[position]
            : throw new PatternException(start, 1, TranslationDiagnostics.InvalidRegex, "not a regular expression: '[' without ']'");
}
