using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;

namespace VmRecovery.Model.Causes;

/// <summary>Why something failed, as a user reads it.</summary>
/// <param name="Cause">The cause's id; empty when only the class is known.</param>
/// <param name="Words">One sentence.</param>
/// <param name="Advice">What to do, in one line.</param>
public sealed record Reason(string Cause, string Words, string Advice)
{
    /// <summary>How much of a name is shown: a sentence with two of them fits two lines of a terminal.</summary>
    public const int LongestName = 60;

    /// <summary>The first of the causes whose sign the failure shows; else what the class says.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="causes">Causes of its class, the most telling first.</param>
    /// <param name="words">The sentence of the class.</param>
    /// <param name="advice">The advice of the class.</param>
    public static Reason Of(Failure failure, ImmutableArray<Cause> causes, string words, string advice)
    {
        var (last, kept) = ("", advice);
        foreach (var cause in causes)
        {
            kept = cause.Advice.Length > 0 ? cause.Advice : cause.Id == last ? kept : advice;
            last = cause.Id;
            var match = Regex.Match(failure.Account, cause.Pattern, LogText.Options, LogText.TimeLimit);
            if (match.Success)
                return new Reason(cause.Id, Fill(cause.Words, match), Fill(kept, match));
        }
        return new Reason("", words, advice);
    }

    private static string Fill(string words, Match match)
    {
        for (var group = 1; group < match.Groups.Count; group++)
            words = words.Replace($"{{{group}}}", Harmless(match.Groups[group].Value), StringComparison.Ordinal);
        return words;
    }

    /// <summary>
    /// Text of a log as a person may read it: printable ASCII without braces, which stand for names, and not too long.
    /// </summary>
    private static string Harmless(string text)
    {
        var plain = string.Concat(text.Where(c => c is >= ' ' and <= 'z' or '|' or '~'));
        return plain.Length <= LongestName ? plain : plain[..(LongestName - 3)] + "...";
    }
}
