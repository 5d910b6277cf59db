using System.Collections.Immutable;
using System.Text;
using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;

namespace VmRecovery.Scripts.Linting.Suppressions;

/// <summary>The content of a comment such as <c># vmrecovery disable=VMR013,SC2086 -- reason</c>.</summary>
/// <param name="Ids">Rule ids with their bytes, in the order of the text.</param>
/// <param name="HasReason">Whether text follows <c>--</c>.</param>
/// <param name="IsShellCheck">Whether it is <c># shellcheck disable=…</c>.</param>
internal sealed record SuppressionComment(
    ImmutableArray<(string Id, TextSpan Span)> Ids,
    bool HasReason,
    bool IsShellCheck
)
{
    private const string Disable = "disable=";

    /// <summary>Reads a comment; null when it suppresses nothing.</summary>
    public static SuppressionComment? Read(Comment comment)
    {
        var text = comment.Text;
        var start = text.Length - text.AsSpan().TrimStart().Length;
        var body = text.AsSpan(start);
        var isShellCheck = body.StartsWith("shellcheck ", StringComparison.Ordinal);
        if (!isShellCheck && !body.StartsWith("vmrecovery ", StringComparison.Ordinal))
            return null;
        var disable = text.IndexOf(Disable, start, StringComparison.Ordinal);
        if (disable < 0 || !char.IsWhiteSpace(text[disable - 1]))
            return null;
        var ids = ImmutableArray.CreateBuilder<(string, TextSpan)>();
        var at = disable + Disable.Length;
        while (at < text.Length && !char.IsWhiteSpace(text[at]))
        {
            var end = at;
            while (end < text.Length && text[end] != ',' && !char.IsWhiteSpace(text[end]))
                end++;
            if (end > at)
                ids.Add((text[at..end], ByteSpan(comment, at, end)));
            at = end < text.Length && text[end] == ',' ? end + 1 : end;
        }
        var dashes = text.IndexOf(" -- ", at, StringComparison.Ordinal);
        return new SuppressionComment(
            ids.ToImmutable(),
            dashes >= 0 && text.AsSpan(dashes + 4).Trim().Length > 0,
            isShellCheck
        );
    }

    // Text begins behind the '#'.
    private static TextSpan ByteSpan(Comment comment, int from, int to)
    {
        var start = comment.Span.Start + 1 + Encoding.UTF8.GetByteCount(comment.Text.AsSpan(0, from));
        return new TextSpan(start, start + Encoding.UTF8.GetByteCount(comment.Text.AsSpan(from, to - from)));
    }
}
