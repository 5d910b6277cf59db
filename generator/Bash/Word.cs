using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace VmRecovery.Bash;

/// <summary>One word of a command, or one side of a test.</summary>
internal abstract record Word
{
    /// <summary>The word as bash source: it expands to exactly one field (bash manual, 3.5).</summary>
    public abstract string ToSource();

    /// <summary>Text that stands for itself.</summary>
    public static Word Of(string text) => new LiteralWord(text);

    /// <summary>The value of a variable.</summary>
    public static Word Variable(string name) => new VariableWord(name);
}

/// <summary>Text that stands for itself.</summary>
internal sealed record LiteralWord(string Text) : Word
{
    /// <inheritdoc/>
    public override string ToSource() => Quoting.Quote(Text);
}

/// <summary>The value of a variable, whole: never split, never a pattern.</summary>
internal sealed record VariableWord(string Name) : Word
{
    /// <inheritdoc/>
    public override string ToSource() => $"\"${Name}\"";
}

/// <summary>Parts joined into one word.</summary>
internal sealed record JoinedWord(ImmutableArray<Word> Parts) : Word
{
    /// <inheritdoc/>
    public override string ToSource()
    {
        var source = new StringBuilder("\"");
        for (var i = 0; i < Parts.Length; i++)
        {
            if (Parts[i] is VariableWord variable)
                source.Append(CultureInfo.InvariantCulture, $"${{{variable.Name}}}");
            else
                source.Append(Quoting.InDoubleQuotes(((LiteralWord)Parts[i]).Text));
        }
        return Unbraced(source.Append('"').ToString());
    }

    /// <summary>Drops braces where the next character can't belong to the name.</summary>
    private static string Unbraced(string source) =>
        System.Text.RegularExpressions.Regex.Replace(source, @"\$\{(\w+)\}(?![A-Za-z0-9_\[])", "$$$1");
}

/// <summary>Source that is a word already, such as <c>"$@"</c>.</summary>
internal sealed record RawWord(string Source) : Word
{
    /// <inheritdoc/>
    public override string ToSource() => Source;
}
