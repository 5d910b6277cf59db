using System.Collections.Immutable;
using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Suppressions;

/// <summary>
/// Reads the comments that switch rules off. Behind code, a comment is for the statements that end on its line; on a
/// line of its own, for the next statement, be it a whole block; before the first statement, for the file.
/// </summary>
internal static class SuppressionReader
{
    /// <summary>Returns the suppressions in the order of the text.</summary>
    public static ImmutableArray<Suppression> Read(VmScript script)
    {
        var suppressions = ImmutableArray.CreateBuilder<Suppression>();
        foreach (var comment in script.Tree.Comments)
        {
            if (SuppressionComment.Read(comment) is not { } content)
                continue;
            var range = RangeOf(script, comment);
            foreach (var (id, span) in content.Ids)
                suppressions.Add(
                    new Suppression(id, span, comment.Span, range, content.HasReason, content.IsShellCheck)
                );
        }
        return suppressions.ToImmutable();
    }

    private static TextSpan RangeOf(VmScript script, Comment comment)
    {
        var lines = script.Tree.Lines;
        var line = lines.LineAt(comment.Span.Start);
        var lineStart = lines.LineStart(line);
        var before = script.Tree.Source.Span[lineStart..comment.Span.Start];
        if (before.IndexOfAnyExcept((byte)' ', (byte)'\t') >= 0)
            return new TextSpan(StartOfLastStatement(script, lineStart, comment.Span.Start), lines.LineStart(line + 1));
        foreach (var statement in script.Statements)
        {
            if (statement.Span.Start < comment.Span.End)
                continue;
            return statement == script.Statements[0]
                ? new TextSpan(0, script.Tree.Source.Length)
                : new TextSpan(comment.Span.Start, statement.FullSpan().End);
        }
        return comment.Span;
    }

    // A command over several lines has its comment behind the last.
    private static int StartOfLastStatement(VmScript script, int lineStart, int comment)
    {
        var start = lineStart;
        foreach (var statement in script.Statements)
        {
            if (statement.Span.Start >= comment)
                break;
            if (
                statement.Span.End > lineStart
                && statement.Span.End <= comment
                && statement.Command is SimpleCommand or Declaration or AndOrList or Pipeline
            )
                start = Math.Min(start, statement.Span.Start);
        }
        return start;
    }
}
