using System;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace VmRecovery.Model.Secrets;

/// <summary>Takes the values of secrets out of text for the log. More than the secret may go; less may not.</summary>
internal sealed record Redaction
{
    private const string Hidden = "<hidden>";

    /// <summary>What follows the name of such an option, or of such a variable, is a secret.</summary>
    private const string Name =
        "([pP][aA][sS][sS]([wW]([oO][rR])?[dD]|[pP][hH][rR][aA][sS][eE])|[pP][wW][dD]|[tT][oO][kK][eE][nN]|[sS][eE][cC][rR][eE][tT]"
        + "|sshkeys?|([aA][pP][iI]|[pP][rR][iI][vV][aA][tT][eE]|[aA][cC][cC][eE][sS][sS])[_-]?[kK][eE][yY])";

    /// <summary>What follows these is a secret itself.</summary>
    private const string Key =
        "(PVEAPIToken=[^ \t=]+|[bB]earer|ssh-(rsa|dss|ed25519)|ecdsa-sha2-[A-Za-z0-9]+|sk-[A-Za-z0-9]+-[A-Za-z0-9@.-]+"
        + "|[?&][A-Za-z0-9_.-]*[sS]ig(nature)?)";

    private const string Quoted = "(\"([^\"\\\\]|\\\\.)*\"?|'[^']*'?)";

    private const string SecretOption =
        "^--?([a-z0-9]+-)*(cipassword|sshkeys?|password|passwd|pass|token|secret|bearer|proxy-user|cookie)";

    /// <summary>The text without the values of secrets, line by line.</summary>
    internal static string Of(string text)
    {
        var shown = new StringBuilder();
        var inKey = false;
        var separator = "";
        foreach (var line in text.Split('\n'))
        {
            var begins = new Regex("^(.*)-----BEGIN.*PRIVATE KEY.*-----").Match(line);
            var ends = line.Contains("-----END", StringComparison.Ordinal) && line.Contains("PRIVATE KEY", StringComparison.Ordinal);
            if (begins.Success)
                shown.Append(separator).Append(begins.Groups[1].Value).Append(Hidden);
            else if (!inKey && !ends)
                shown.Append(separator).Append(OfLine(line));
            inKey = (begins.Success || inKey) && !ends;
            separator = "\n";
        }
        return shown.ToString();
    }

    /// <summary>The words of a command for the log, on one line.</summary>
    internal static string OfCommand(ImmutableArray<string> words)
    {
        var line = new StringBuilder();
        var hide = false;
        // Key by key it may be a password.
        if (words.Length > 3 && words[0] is "qm" && words[1] is "sendkey")
            words = words.RemoveRange(3, words.Length - 3).Add(Hidden);
        foreach (var word in words)
        {
            var shown = hide ? Hidden : OfWord(words[0], word);
            hide = !hide
                && (new Regex(SecretOption + "$").IsMatch(word) || words[0] is "curl" && new Regex("^(-[^-]*[buU]|--user)$").IsMatch(word));
            line.Append(line.Length > 0 ? " " : "").Append(shown.Replace('\n', ' ').Replace('\r', ' '));
        }
        return line.Length > 2000 ? line.ToString(0, 2000) : line.ToString();
    }

    private static string OfWord(string program, string word)
    {
        // The whole value: it may hold anything.
        var option = new Regex(program is "curl" ? SecretOption + "=|^-[^-]*([uU][^:]*:|b[^=]*=)" : SecretOption + "=").Match(word);
        return option.Success ? option.Value + Hidden : Of(word);
    }

    private static string OfLine(string line)
    {
        var rest = line.Length > 4000 ? line[..4000] : line;
        // What passwd or chpasswd reads: virt-customize repeats a command that failed.
        rest = new Regex("^.*(\\|[^|]*passwd)").Replace(rest, Hidden + " $1", 1);
        rest = new Regex("passwd[^|]*<<.*$").Replace(rest, "passwd " + Hidden, 1);
        // What follows a scheme, or the name of a cookie, is a secret to the end of the line.
        rest = new Regex(
            "((authorization|cookie)[\"']?[ \t]*[:=][ \t]*[\"']?((Bearer|Basic|Digest|Token|PVEAPIToken)[ \t=])?).*$", RegexOptions.IgnoreCase)
            .Replace(rest, "$1" + Hidden, 1);
        // A slash may be part of a password; behind a number it begins the path.
        rest = new Regex("://(([^/: \t]*:)[0-9]*[^0-9/ \t\"'][^ \t\"']*|([^/ \t\"':]*:)?[^/ \t\"']*)@").Replace(rest, "://$2$3" + Hidden + "@");
        // A program that complains about a value says it in a sentence of its own.
        rest = new Regex("(" + Name + "[A-Za-z0-9_-]*:[ \t]+)[^ \t\"'].*$").Replace(rest, "$1" + Hidden, 1);
        return new Regex("((" + Name + "[A-Za-z0-9_-]*|" + Key + ")[\"']?[ \t]*[=: \t][ \t]*)(" + Quoted + "|[^ \t&\"']+)").Replace(rest, "$1" + Hidden);
    }
}
