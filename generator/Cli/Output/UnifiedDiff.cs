using System.Globalization;
using System.Text;
using DiffPlex;
using DiffPlex.Chunkers;

namespace VmRecovery.Cli.Output;

/// <summary>Line differences in the form that <c>diff -u</c> prints and <c>patch</c> reads (POSIX diff, unified format).</summary>
internal static class UnifiedDiff
{
    private const int ContextLines = 3;

    /// <summary>The difference; empty when the texts are equal.</summary>
    /// <param name="oldName">Shown behind <c>---</c>.</param>
    /// <param name="newName">Shown behind <c>+++</c>.</param>
    /// <param name="oldText">Before.</param>
    /// <param name="newText">After.</param>
    public static string Between(string oldName, string newName, string oldText, string newText)
    {
        if (oldText == newText)
            return "";
        var diff = Differ.Instance.CreateDiffs(oldText, newText, ignoreWhiteSpace: false, ignoreCase: false, LineEndingsPreservingChunker.Instance);
        var (before, after) = (diff.PiecesOld, diff.PiecesNew);
        var output = new StringBuilder();
        output.Append(CultureInfo.InvariantCulture, $"--- {oldName}\n+++ {newName}\n");
        var blocks = diff.DiffBlocks;
        for (var first = 0; first < blocks.Count;)
        {
            var last = first;
            while (last + 1 < blocks.Count
                && blocks[last + 1].DeleteStartA - (blocks[last].DeleteStartA + blocks[last].DeleteCountA) <= 2 * ContextLines)
                last++;
            AppendHunk(output, before, after, [.. blocks.Skip(first).Take(last - first + 1)]);
            first = last + 1;
        }
        return output.ToString();
    }

    private static void AppendHunk(
        StringBuilder output, IReadOnlyList<string> before, IReadOnlyList<string> after, List<DiffPlex.Model.DiffBlock> blocks)
    {
        var (head, tail) = (blocks[0], blocks[^1]);
        var leading = Math.Min(ContextLines, head.DeleteStartA);
        var trailing = Math.Min(ContextLines, before.Count - (tail.DeleteStartA + tail.DeleteCountA));
        var oldStart = head.DeleteStartA - leading;
        var newStart = head.InsertStartB - leading;
        var oldCount = tail.DeleteStartA + tail.DeleteCountA + trailing - oldStart;
        var newCount = tail.InsertStartB + tail.InsertCountB + trailing - newStart;
        output.Append(CultureInfo.InvariantCulture, $"@@ -{Range(oldStart, oldCount)} +{Range(newStart, newCount)} @@\n");
        var position = oldStart;
        foreach (var block in blocks)
        {
            AppendLines(output, ' ', before, position, block.DeleteStartA - position);
            AppendLines(output, '-', before, block.DeleteStartA, block.DeleteCountA);
            AppendLines(output, '+', after, block.InsertStartB, block.InsertCountB);
            position = block.DeleteStartA + block.DeleteCountA;
        }
        AppendLines(output, ' ', before, position, trailing);
    }

    private static string Range(int start, int count) =>
        count == 1
            ? (start + 1).ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? start : start + 1)},{count}");

    private static void AppendLines(StringBuilder output, char mark, IReadOnlyList<string> lines, int start, int count)
    {
        foreach (var line in lines.Skip(start).Take(count))
        {
            output.Append(mark).Append(line);
            if (!line.EndsWith('\n'))
                output.Append("\n\\ No newline at end of file\n");
        }
    }
}
