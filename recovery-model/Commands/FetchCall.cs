using System;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace VmRecovery.Model.Commands;

/// <summary>What a <c>curl</c> or <c>wget</c> is told to fetch, and to where.</summary>
/// <param name="Target">The file; empty when there is none, or only the program knows its name.</param>
/// <param name="TargetAt">At which word the target stands alone; 0 when it does not.</param>
/// <param name="Url">What is fetched.</param>
/// <param name="IsPlain">Whether the file is all there is to it: it sends nothing, says nothing more and fetches one thing.</param>
/// <param name="Key">Its words without the target: the same for the same download.</param>
internal sealed record FetchCall(string Target, int TargetAt, string Url, bool IsPlain, string Key)
{
    // Short options that take no value: the letter behind them is an option too, and not part of a path.
    private const string CurlFile = "[-]([0-9#:aBfgGiIjJklLMnNpqRsSvVZ]*)o";
    private const string WgetFile = "[-]([46bcdEFHkKLmnNpqrSvx]*)O";
    private const string CurlSends = "^(-[fsSLkgniv46#]*[wDdFTX]|--(write-out|dump-header|data|form|upload-file|request|json))";
    private const string WgetSends = "^--(post|body|method)";

    /// <summary>Whether what it fetched can take the place of fetching it again.</summary>
    internal bool CanBeKept => Target.Length > 0 && Url.Length > 0 && IsPlain;

    /// <summary>Reads a call.</summary>
    /// <param name="words">Its words.</param>
    internal static FetchCall Read(ImmutableArray<string> words)
    {
        var isCurl = words[0] is "curl";
        var toFile = new Regex("^(" + (isCurl ? "--output|" + CurlFile : "--output-document|" + WgetFile) + ")$");
        var joined = new Regex("^" + (isCurl ? CurlFile : WgetFile) + "(.+)$");
        var sends = new Regex(isCurl ? CurlSends : WgetSends);
        var (target, at, url, again, ownName, previous) = ("", 0, "", false, !isCurl, "");
        for (var i = 1; i < words.Length; i++)
        {
            var word = words[i];
            if (toFile.IsMatch(previous))
                (again, target, at) = (again || target.Length > 0, word, i);
            else if (joined.Match(word) is { Success: true } match)
                (again, target, at) = (again || target.Length > 0, match.Groups[2].Value, 0);
            again |= sends.IsMatch(word);
            ownName = OwnName(isCurl, word, ownName);
            if (word.StartsWith("--output-document=", StringComparison.Ordinal))
                target = word[18..];
            if (new Regex("^(https?|ftp)://").IsMatch(word) && previous is not ("-x" or "--proxy" or "-e" or "--referer"))
                (again, url) = (again || url.Length > 0, word);
            previous = word;
        }
        if (target.Length == 0 && ownName && url.Length > 0 && url[^1] != '/')
            target = url[(url.LastIndexOf('/') + 1)..];
        if (target is "-" || target.StartsWith("/dev/", StringComparison.Ordinal))
            (target, at) = ("", 0);
        var key = string.Join(' ', at > 0 ? words.RemoveAt(at) : words).Replace('\n', ' ').Replace('\t', ' ');
        return new FetchCall(target, at, url, !again, key);
    }

    /// <summary>Whether the file gets the URL's last part as its name, in the working directory.</summary>
    private static bool OwnName(bool isCurl, string word, bool ownName)
    {
        if (isCurl && new Regex("^(--remote-name|-[^-]*O[fsSLkgniv46#]*)$").IsMatch(word))
            return true;
        if (!isCurl && new Regex("^(--spider|-O.*|-[^-]*O[^fsSLkgniv46#].*)$").IsMatch(word))
            return false;
        return ownName
            && !new Regex("^(-P.*|--directory-prefix.*|--output-dir|--remote-header-name|--content-disposition|--trust-server-names)$").IsMatch(word);
    }
}
