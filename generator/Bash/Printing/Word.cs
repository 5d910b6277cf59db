using System.Collections.Immutable;

namespace VmRecovery.Bash.Printing;

/// <summary>A piece of a word. Pieces say what is meant; <see cref="WordWriter"/> quotes them.</summary>
internal abstract record Piece;

/// <summary>Characters that stand for themselves, whatever bash thinks of them. NUL has no equivalent in bash.</summary>
/// <param name="Value">The characters, written as UTF-8.</param>
internal sealed record PlainText(string Value) : Piece;

/// <summary>Bytes, one character each (U+0000 to U+00FF), such as a regular expression over a log.</summary>
/// <param name="Value">The bytes.</param>
internal sealed record ByteText(string Value) : Piece;

/// <summary>The value of a variable, never split and never expanded again.</summary>
/// <param name="Name">A bash variable name, or a positional parameter such as <c>1</c>.</param>
internal sealed record Variable(string Name) : Piece;

/// <summary>The value of a variable in which one character takes the place of another: <c>${a//-/_}</c>.</summary>
internal sealed record Replaced(string Name, char From, char To) : Piece;

/// <summary>The value of arithmetic: <c>$((a + 1))</c>.</summary>
/// <param name="Expression">The text between the parentheses, as shfmt writes it.</param>
internal sealed record Computed(string Expression) : Piece;

/// <summary>All positional parameters, one word each: <c>"$@"</c>. Stands alone in its word.</summary>
internal sealed record AllArguments : Piece;

/// <summary>In a pattern: any characters, also none.</summary>
internal sealed record AnyText : Piece;

/// <summary>One word of bash: pieces joined without a gap.</summary>
/// <param name="Pieces">The pieces; none is the empty word.</param>
internal sealed record Word(ImmutableArray<Piece> Pieces)
{
    /// <summary>A word of characters that stand for themselves.</summary>
    public static Word Of(string text) => new([new PlainText(text)]);

    /// <summary>A word that is the value of one variable.</summary>
    public static Word Value(string variable) => new([new Variable(variable)]);

    /// <summary>This word with another one behind it.</summary>
    public Word Then(Word next) => new([.. Pieces, .. next.Pieces]);

    /// <summary>The text when nothing in it depends on a variable or a pattern; else null.</summary>
    public string? Constant =>
        Pieces.All(p => p is PlainText) ? string.Concat(Pieces.Select(p => ((PlainText)p).Value)) : null;

    public bool Equals(Word? other) => other is not null && Pieces.SequenceEqual(other.Pieces);

    public override int GetHashCode() => Pieces.Length == 0 ? 0 : HashCode.Combine(Pieces.Length, Pieces[0]);
}
