using System.Security.Cryptography;
using System.Text;
using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting;

/// <summary>
/// The lines that <c>port</c> and <c>generate</c> wrote, recognised by their markers and checked by their hashes.
/// </summary>
internal static class GeneratedRegions
{
    private const string Opening = " >>> vmrecovery ";
    private const string Closing = " <<< vmrecovery ";
    private const string ContentHash = " Content sha256: ";

    /// <summary>Whether the script was patched: its creation section is a function that recovery runs.</summary>
    public static bool AreIn(VmScript script) =>
        script.Tree.Comments.Any(c => c.Text.StartsWith(Opening + "section ", StringComparison.Ordinal));

    /// <summary>Returns the regions, and the generated file, that are not as they were written.</summary>
    public static IEnumerable<(TextSpan Span, string Message)> EditedIn(VmScript script)
    {
        var comments = script.Tree.Comments;
        for (var i = 0; i < comments.Length; i++)
        {
            var text = comments[i].Text;
            if (
                text.StartsWith(ContentHash, StringComparison.Ordinal)
                && !IsWhole(script, comments[i], text[ContentHash.Length..].Trim())
            )
                yield return (
                    comments[i].Span,
                    "this generated file was edited by hand; change recovery-model/ or templates/ and run 'vmrecovery generate'"
                );
            if (!text.StartsWith(Opening, StringComparison.Ordinal))
                continue;
            var words = text[Opening.Length..].Split(' ');
            var end = comments.Skip(i + 1).FirstOrDefault(c => c.Text.TrimEnd('\r') == Closing + words[0]);
            if (end is null)
                yield return (
                    comments[i].Span,
                    $"the end of region '{words[0]}' is missing; run 'vmrecovery port --write' again"
                );
            else if (words.Length > 1 && HashOf(script, comments[i], end) != words[1].TrimEnd('\r'))
                yield return (
                    comments[i].Span,
                    $"the lines of region '{words[0]}' were edited by hand; {SourceOf(words[0])}"
                );
        }
    }

    private static string HashOf(VmScript script, Comment opening, Comment closing)
    {
        var lines = script.Tree.Lines;
        var first = lines.LineAt(opening.Span.Start) + 1;
        var last = lines.LineAt(closing.Span.Start);
        var content = string.Join(
            '\n',
            Enumerable.Range(first, Math.Max(0, last - first)).Select(line => script.File.Slice(lines.LineSpan(line)))
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..12];
    }

    /// <summary>
    /// Whether a generated file has the hash that its header names: that of everything below its line.
    /// </summary>
    private static bool IsWhole(VmScript script, Comment comment, string hash)
    {
        var body = script.Tree.Lines.LineStart(script.Tree.Lines.LineAt(comment.Span.Start) + 1);
        return Convert.ToHexStringLower(SHA256.HashData(script.File.Content.AsSpan(body))) == hash;
    }

    private static string SourceOf(string region) =>
        region == "inline"
            ? "they are a copy of misc/vm-core.func: change recovery-model/ or templates/, then run 'vmrecovery port --inline --write'"
            : "PatchWriter writes them: take your change out and run 'vmrecovery port --write', or '--revert'";
}
