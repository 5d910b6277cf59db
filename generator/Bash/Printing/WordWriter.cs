using System.Buffers;
using System.Globalization;
using System.Text;

namespace VmRecovery.Bash.Printing;

/// <summary>Quotes words so that bash sees exactly the pieces that were meant, in the way a person would write it.</summary>
internal static class WordWriter
{
    private static readonly SearchValues<char> Bare =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:@%+,=-");

    /// <summary>The first word of a command; it must be taken neither for an assignment nor for a keyword.</summary>
    public static string Command(Word word) =>
        word.Constant is { Length: > 0 } name && name.AsSpan().IndexOfAnyExcept(Bare) < 0
        && (name.Contains('=', StringComparison.Ordinal) || Keywords.Contains(name))
            ? $"'{name}'"
            : Argument(word);

    /// <summary>A word where bash splits and expands: an argument, an element of an array, a word of <c>for</c>.</summary>
    public static string Argument(Word word) => Write(word, bareVariable: false);

    /// <summary>A word where bash does not split: behind <c>=</c>, after <c>case</c>, left of <c>==</c>.</summary>
    public static string Whole(Word word)
    {
        var text = Write(word, bareVariable: true);
        // ShellCheck takes a=b-c for forgotten arithmetic (SC2100).
        return text.AsSpan().ContainsAny('-', '+') && text.AsSpan().IndexOfAnyExcept(Bare) < 0 ? $"'{text}'" : text;
    }

    /// <summary>The right side of <c>==</c> in <c>[[ ]]</c>, or a pattern of <c>case</c>.</summary>
    /// <remarks>A variable is quoted here: its value is text, not a pattern.</remarks>
    public static string Pattern(Word word) =>
        word.Constant is "esac" ? "'esac'" : Write(word, bareVariable: false);

    private static readonly string[] Keywords =
    [
        "if", "then", "else", "elif", "fi", "case", "esac", "for", "select", "while", "until", "do", "done", "in",
        "function", "time", "coproc",
    ];

    private static string Write(Word word, bool bareVariable)
    {
        if (word.Pieces is [AllArguments])
            return "\"$@\"";
        if (bareVariable && word.Pieces is [Variable lone])
            return Reference(lone.Name);
        if (bareVariable && word.Pieces is [Computed { Expression: var sum }])
            return $"$(({sum}))";
        var output = new StringBuilder();
        for (var i = 0; i < word.Pieces.Length;)
        {
            if (word.Pieces[i] is AnyText)
            {
                output.Append('*');
                i++;
                continue;
            }
            var start = i;
            while (i < word.Pieces.Length && word.Pieces[i] is PlainText or Variable or ByteText or Computed or Replaced)
                i++;
            if (i == start)
                throw new InvalidOperationException($"{word.Pieces[i]} cannot be joined with other pieces");
            AppendRun(output, word.Pieces.AsSpan()[start..i]);
        }
        return output.Length == 0 ? "''" : output.ToString();
    }

    private static void AppendRun(StringBuilder output, ReadOnlySpan<Piece> run)
    {
        var text = new StringBuilder();
        var plain = true;
        foreach (var piece in run)
        {
            if (piece is ByteText bytes)
            {
                text.Append(bytes.Value);
                plain &= bytes.Value.All(char.IsAscii);
            }
            else if (piece is PlainText { Value: var value })
                text.Append(value);
            else
                plain = false;
        }
        if (plain)
        {
            output.Append(Quote(text.ToString()));
            return;
        }
        AppendMixed(output, run);
    }

    private static void AppendMixed(StringBuilder output, ReadOnlySpan<Piece> run)
    {
        // One pair of double quotes as far as it goes; control characters and bytes need $'…' of their own.
        var open = false;
        for (var i = 0; i < run.Length; i++)
        {
            if (run[i] is ByteText bytes)
            {
                if (bytes.Value.Length > 0)
                    output.Append(Toggle(ref open, false)).Append(Ansi(bytes.Value, bytes: true));
            }
            else if (run[i] is PlainText { Value: var value })
            {
                if (value.Any(char.IsControl))
                    output.Append(Toggle(ref open, false)).Append(Ansi(value, bytes: false));
                else if (value.Length > 0)
                    output.Append(Toggle(ref open, true)).Append(Escape(value));
            }
            else if (run[i] is Computed { Expression: var expression })
                output.Append(Toggle(ref open, true)).Append("$((").Append(expression).Append("))");
            else if (run[i] is Replaced replaced)
                output.Append(Toggle(ref open, true)).Append($"${{{replaced.Name}//{replaced.From}/{replaced.To}}}");
            else if (run[i] is Variable variable)
                output.Append(Toggle(ref open, true)).Append(Reference(variable.Name));
        }
        output.Append(Toggle(ref open, false));
    }

    private static string Toggle(ref bool open, bool wanted)
    {
        if (open == wanted)
            return "";
        open = wanted;
        return "\"";
    }

    private static string Reference(string name) =>
        name is [>= '0' and <= '9'] ? $"${name}" : $"${{{name}}}";

    /// <summary>Quotes a text that holds no variable.</summary>
    public static string Quote(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("NUL has no equivalent in bash", nameof(text));
        if (text.Length == 0)
            return "''";
        if (text.AsSpan().IndexOfAnyExcept(Bare) < 0)
            return text;
        if (text.Any(char.IsControl))
            return Ansi(text, bytes: false);
        return text.Contains('\'', StringComparison.Ordinal) || LooksForgotten(text) ? $"\"{Escape(text)}\"" : $"'{text}'";
    }

    /// <summary>Whether ShellCheck takes it, in single quotes, for an expansion (SC2016) or an escaped quote (SC1003).</summary>
    private static bool LooksForgotten(string text) =>
        text.EndsWith('\\') || text.Contains('`', StringComparison.Ordinal)
        || text.Zip(text.Skip(1)).Any(pair => pair.First == '$' && (char.IsAsciiLetterOrDigit(pair.Second) || "_({".Contains(pair.Second, StringComparison.Ordinal)));

    private static string Escape(string text)
    {
        var output = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '"' or '$' or '`' or '\\')
                output.Append('\\');
            output.Append(c);
        }
        return output.ToString();
    }

    private static string Ansi(string text, bool bytes)
    {
        var output = new StringBuilder("$'");
        foreach (var c in text)
            output.Append(c switch
            {
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                '\v' => "\\v",
                '\f' => "\\f",
                '\'' => "\\'",
                '\\' => "\\\\",
                '\0' => throw new ArgumentException("NUL has no equivalent in bash", nameof(text)),
                _ when char.IsAscii(c) && char.IsControl(c) || bytes && !char.IsAscii(c) => Octal(c),
                _ => c.ToString(),
            });
        return output.Append('\'').ToString();
    }

    // Octal takes at most three digits, so that a digit behind it stays a digit.
    private static string Octal(char c) => "\\" + Convert.ToString(c, 8).PadLeft(3, '0').ToString(CultureInfo.InvariantCulture);
}
