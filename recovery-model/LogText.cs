using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace VmRecovery.Model;

/// <summary>The end of a log, and the only questions that a detector may ask of it.</summary>
/// <remarks>Each question has an exact bash equivalent; the translator refuses any other use of the text.</remarks>
public sealed class LogText
{
    /// <summary>How much of a log is looked at, in bytes: errors stand at its end.</summary>
    public const int TailBytes = 16384;

    /// <summary>How patterns are read.</summary>
    internal const RegexOptions Options = RegexOptions.Multiline | RegexOptions.CultureInvariant;

    /// <summary>How long a pattern may look: the longest log takes milliseconds.</summary>
    internal static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);

    private readonly string text;
    private readonly ICollection<Evidence>? witness;

    /// <summary>Takes a log of which only the last <see cref="TailBytes"/> characters count.</summary>
    /// <param name="log">The log, one character a byte. NUL is dropped, as bash drops it.</param>
    /// <param name="witness">Where each question answered with yes is noted; null when nobody asks why.</param>
    public LogText(string log, ICollection<Evidence>? witness = null)
    {
        text = (log.Length > TailBytes ? log[^TailBytes..] : log).Replace("\0", "", StringComparison.Ordinal);
        this.witness = witness;
    }

    /// <summary>Whether nothing was logged.</summary>
    public bool IsEmpty => text.Length == 0;

    /// <summary>Whether the log holds <paramref name="words"/>, to the letter.</summary>
    public bool Contains(string words) => Found(text.IndexOf(words, StringComparison.Ordinal));

    /// <summary>Whether the log holds <paramref name="words"/> in upper or lower case (ASCII letters only).</summary>
    public bool Mentions(string words) => Found(AsciiIndexOf(words));

    /// <summary>
    /// Whether <paramref name="pattern"/> matches anywhere. <c>^</c> and <c>$</c> are the ends of a line and
    /// <c>.</c> is any character but the line end. Only what POSIX ERE knows is allowed: no look-around, no lazy
    /// quantifier, no back-reference, no named group.
    /// </summary>
    public bool Matches(string pattern)
    {
        var match = Regex.Match(text, pattern, Options, TimeLimit);
        return Found(match.Success ? match.Index : -1);
    }

    /// <summary>The text that is looked at.</summary>
    public override string ToString() => text;

    private bool Found(int index)
    {
        if (index < 0)
            return false;
        if (witness is not null)
            witness.Add(EvidenceAt(index));
        return true;
    }

    private Evidence EvidenceAt(int index)
    {
        var start = index == 0 ? 0 : text.LastIndexOf('\n', index - 1) + 1;
        if (text[index] == '\n')
            start = Math.Min(index + 1, text.Length);
        var end = text.IndexOf('\n', start);
        var number = 1;
        for (var i = 0; i < start; i++)
            if (text[i] == '\n')
                number++;
        return new Evidence(number, end < 0 ? text[start..] : text[start..end]);
    }

    private int AsciiIndexOf(string words)
    {
        for (var start = 0; start + words.Length <= text.Length; start++)
        {
            var length = 0;
            while (length < words.Length && Lower(text[start + length]) == Lower(words[length]))
                length++;
            if (length == words.Length)
                return start;
        }
        return -1;
    }

    private static char Lower(char c) => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
}

/// <summary>A line of the log that a detector based its answer on.</summary>
/// <param name="Line">Its number in the looked-at text, from 1.</param>
/// <param name="Text">The line, without its end.</param>
public sealed record Evidence(int Line, string Text);
