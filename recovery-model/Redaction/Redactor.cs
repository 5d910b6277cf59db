using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace VmRecovery.Model.Redaction;

/// <summary>Text without secrets, for logs and menus. What is not known to be harmless is hidden.</summary>
public static class Redactor
{
    /// <summary>The words in place of what is hidden.</summary>
    public const string Hidden = "<hidden>";

    private const int LongestLine = 4000;
    private const int LongestCommand = 2000;

    /// <summary>The words of a command on one line.</summary>
    /// <param name="words">The program and its arguments, one character a byte.</param>
    public static string CommandLine(IReadOnlyList<string> words)
    {
        if (ShownArguments.All.FirstOrDefault(entry => entry.Program == words[0]) is not { } shown)
            return Cut(ScriptLine(string.Join(' ', words).Replace('\n', ' ').Replace('\r', ' ')));
        var line = new StringBuilder(words[0]);
        var hide = false;
        var value = false;
        for (var i = 1; i < words.Count; i++)
        {
            if (IsForTheGuest(words, i))
            {
                line.Append(' ').Append(Hidden);
                break;
            }
            var word = words[i];
            if (word.Length > 1 && word[0] == '-' && !value)
            {
                (word, hide, value) = Option(shown, word);
            }
            else if (hide)
            {
                word = Value(words[0], word);
                hide = false;
            }
            else
            {
                word = Line(word);
                value = false;
            }
            line.Append(' ').Append(word.Replace('\n', ' ').Replace('\r', ' '));
        }
        return Cut(line.ToString());
    }

    /// <summary>A text of any number of lines.</summary>
    /// <param name="text">One character a byte.</param>
    public static string Text(string text)
    {
        var lines = new List<string>();
        var inKey = false;
        foreach (var line in text.Split('\n'))
            if (Matches(line, "-----BEGIN.*PRIVATE KEY.*-----"))
            {
                inKey = !Matches(line, "-----END.*PRIVATE KEY.*-----");
                lines.Add(Hidden);
            }
            else if (Matches(line, "-----END.*PRIVATE KEY.*-----"))
            {
                inKey = false;
            }
            else if (!inKey)
            {
                lines.Add(Line(line));
            }
        return string.Join('\n', lines);
    }

    /// <summary>A command as a script writes it: the program is shown whatever follows.</summary>
    /// <param name="text">One line.</param>
    public static string ScriptLine(string text)
    {
        var program = Regex.Match(text, "^[a-z][a-z0-9.-]* ").Value;
        return program + Text(text[program.Length..]);
    }

    private static string Cut(string line) => line.Length > LongestCommand ? line[..LongestCommand] : line;

    private static bool IsForTheGuest(IReadOnlyList<string> words, int index) =>
        words[0] == "qm" && (words[1] == "guest" && index > 3 || words[1] == "sendkey" && index > 2);

    private static (string Word, bool HideNext, bool ShowNext) Option(ShownArguments shown, string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word : word[..equals];
        if (word.StartsWith("--", StringComparison.Ordinal) || shown.Flags.Length == 0)
        {
            if (Matches(name, "^--?(" + shown.Options + ")$"))
                return (equals < 0 ? word : name + "=" + Line(word[(equals + 1)..]), false, false);
            if (Matches(name, "^--?[a-z][a-z0-9-]*$"))
                return equals < 0 ? (word, true, false) : (name + "=" + Hidden, false, false);
            return (word == "--" ? word : Hidden, false, false);
        }
        if (Matches(word, "^-[" + shown.Flags + "]+$"))
            return (word, false, false);
        if (shown.Valued.Length > 0)
        {
            var valued = Regex.Match(word, "^-[" + shown.Flags + "]*[" + shown.Valued + "]");
            if (valued.Success)
                return valued.Length == word.Length
                    ? (word, false, true)
                    : (valued.Value + Line(word[valued.Length..]), false, false);
        }
        var letter = Regex.Match(word, "^-[" + shown.Flags + "]*.").Value;
        return letter == word ? (word, true, false) : (letter + Hidden, false, false);
    }

    private static string Value(string program, string word)
    {
        if (Matches(word, "^[a-z]+://[^ ]+$"))
            return Line(word);
        // What runs in the guest: at least the program.
        var command = program == "virt-customize" ? Regex.Match(word, "^[a-z][a-z0-9.-]* ").Value : "";
        return command + Hidden;
    }

    private static string Line(string line)
    {
        var rest = line.Length > LongestLine ? line[..LongestLine] : line;
        foreach (var kind in HiddenText.Parts.Split(' '))
            rest = Regex.Replace(rest, Pattern(kind), match => match.Groups[1].Value + Hidden + match.Groups[^1].Value);
        return Matches(Lower(rest), Pattern("name")) ? Named(rest) : rest;
    }

    private static string Named(string line)
    {
        var text = new StringBuilder();
        var previous = "";
        var words = Regex.Matches(line, "([ \t\r\f\v]*)([^ \t\r\f\v]+)");
        for (var i = 0; i < words.Count; i++)
        {
            var match = words[i];
            var word = match.Groups[2].Value;
            var lower = Lower(word);
            var name = Regex.Match(lower, Pattern("name"));
            if (name.Success)
            {
                var end = name.Index + name.Length;
                while (end < word.Length && char.IsAscii(word[end]) && (char.IsPunctuation(word[end]) || char.IsSymbol(word[end])))
                    end++;
                word = end == word.Length ? word : word[..end] + Hidden;
                lower = "name";
            }
            else if (!IsShown(word, lower, previous))
            {
                word = Hidden;
            }
            if (word != Hidden || !text.ToString().EndsWith(Hidden, StringComparison.Ordinal))
                text.Append(match.Groups[1].Value).Append(word);
            previous = lower;
        }
        return text.ToString();
    }

    private static bool IsShown(string word, string lower, string previous) =>
        Matches(lower, Pattern("ordinary"))
        || Matches(word, Pattern("shown"))
        || previous != "name" && Matches(word, Pattern("path"))
        || previous is "vm" or "code" or "line" or "status" or "port" && Matches(word, "^[0-9]+[!-/:-@\\[-`{-~]*$");

    private static string Pattern(string kind) =>
        HiddenText.All.First(entry => entry.Kind == kind).Pattern
            .Replace("[:space:]", " \\t\\r\\n\\f\\v", StringComparison.Ordinal)
            .Replace("[:alnum:]", "A-Za-z0-9", StringComparison.Ordinal)
            .Replace("[:punct:]", "!-/:-@\\[-`{-~", StringComparison.Ordinal);

    private static bool Matches(string text, string pattern) => Regex.IsMatch(text, pattern);

    private static string Lower(string text) =>
        string.Concat(text.Select(c => c is >= 'A' and <= 'Z' ? (char)(c + ('a' - 'A')) : c));
}
