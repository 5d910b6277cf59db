using System.Collections.Immutable;

namespace VmRecovery.Engine.Calls;

/// <summary>Answers to the command's own dialogs: the n-th dialog of the same words gets the n-th answer of an earlier attempt.</summary>
internal sealed class KeptAnswers
{
    private readonly List<(string Question, int Status, string Answer)> answers = [];
    private readonly Dictionary<string, int> asked = new(StringComparer.Ordinal);

    /// <summary>An attempt begins.</summary>
    public void Begin() => asked.Clear();

    /// <summary>Whether an answer of the dialog can be kept: not where it prints elsewhere, or asks nothing.</summary>
    public static bool CanKeep(ImmutableArray<string> words) =>
        !words.Any(w => w.StartsWith("--output-fd", StringComparison.Ordinal) || w is "--gauge" or "--infobox");

    /// <summary>The answer that was given earlier; null when the user is to be asked.</summary>
    public (int Status, string Answer)? Find(ImmutableArray<string> words)
    {
        var question = string.Join('\0', words);
        var earlier = asked.GetValueOrDefault(question);
        asked[question] = earlier + 1;
        var known = answers.Where(a => a.Question == question).Skip(earlier).ToList();
        return known is [var first, ..] ? (first.Status, first.Answer) : null;
    }

    /// <summary>Keeps an answer. No is one too; Cancel and Esc are none.</summary>
    public void Keep(ImmutableArray<string> words, int status, string answer)
    {
        if (status == 0 || status == 1 && words.Contains("--yesno"))
            answers.Add((string.Join('\0', words), status, answer));
    }
}
