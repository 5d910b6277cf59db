using System.Globalization;
using System.Text;

namespace VmRecovery.Bash;

/// <summary>Turns any text into one bash word (bash manual, 3.1.2 Quoting).</summary>
internal static class Quoting
{
    private const string PlainPunctuation = "_-+=:,./@%";

    /// <summary>The shortest readable source for <paramref name="text"/>: plain, 'single', "double" or $'ANSI-C'.</summary>
    public static string Quote(string text) =>
        IsPlain(text) ? text : Quoted(text);

    /// <summary>Like <see cref="Quote"/> but never plain: for text beside a pattern or an operator.</summary>
    public static string Quoted(string text)
    {
        if (text.Any(c => char.IsControl(c)))
            return AnsiC(text);
        if (!text.Contains('\'', StringComparison.Ordinal))
            return $"'{text}'";
        return text.AsSpan().IndexOfAny("\"$`\\!") < 0 ? $"\"{text}\"" : AnsiC(text);
    }

    /// <summary>Text between double quotes, where <c>$ ` " \</c> are special.</summary>
    public static string InDoubleQuotes(string text)
    {
        var source = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '$' or '`' or '"' or '\\')
                source.Append('\\');
            source.Append(c);
        }
        return source.ToString();
    }

    private static bool IsPlain(string text) =>
        text.Length > 0
        && text.All(c => char.IsAsciiLetterOrDigit(c) || PlainPunctuation.Contains(c, StringComparison.Ordinal))
        // NAME=value in front of a command would be an assignment.
        && !text.Contains('=', StringComparison.Ordinal);

    private static string AnsiC(string text)
    {
        var source = new StringBuilder("$'");
        foreach (var c in text)
            source.Append(c switch
            {
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                '\'' => "\\'",
                '\\' => "\\\\",
                _ when char.IsControl(c) => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => c.ToString(),
            });
        return source.Append('\'').ToString();
    }
}
