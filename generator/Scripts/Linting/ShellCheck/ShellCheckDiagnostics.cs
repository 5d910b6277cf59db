using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting.ShellCheck;

/// <summary>Turns ShellCheck's findings into diagnostics.</summary>
internal static class ShellCheckDiagnostics
{
    private static readonly ConcurrentDictionary<(int, string), DiagnosticDescriptor> Descriptors = new();

    /// <summary>Fixes that change the spelling and nothing else; others may change what a script does.</summary>
    private static bool IsSafe(int code) => code is 2004 or 2006 or 2007 or 2196 or 2197;

    /// <summary>Returns the findings of one file.</summary>
    public static ImmutableArray<Diagnostic> Of(SourceFile file, ImmutableArray<ShellCheckComment> comments) =>
        [.. comments.Select(comment => Of(file, comment))];

    /// <summary>The page that explains a code.</summary>
    public static string PageOf(string id) => $"https://www.shellcheck.net/wiki/{id}";

    private static Diagnostic Of(SourceFile file, ShellCheckComment comment)
    {
        var span = new TextSpan(
            OffsetOf(file, comment.Line, comment.Column),
            OffsetOf(file, comment.EndLine, comment.EndColumn)
        );
        if (span.End < span.Start)
            span = new TextSpan(span.Start, span.Start);
        var descriptor = Descriptors.GetOrAdd((comment.Code, comment.Level), static key =>
            Describe(key.Item1, key.Item2)
        );
        return new Diagnostic(descriptor, Location.Of(file, span), comment.Message)
        {
            Fix = comment.Replacements.IsEmpty
                ? null
                : new Fix(
                    "as ShellCheck proposes",
                    IsSafe(comment.Code) ? FixSafety.Safe : FixSafety.Unsafe,
                    [.. comment.Replacements.Select(r => EditOf(file, r)).OrderBy(e => e.Span.Start)]
                ),
        };
    }

    private static DiagnosticDescriptor Describe(int code, string level)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"SC{code:0000}");
        return new DiagnosticDescriptor
        {
            Id = id,
            Name = id.ToLowerInvariant(),
            Category = "ShellCheck",
            Severity = level switch
            {
                "error" => Severity.Error,
                "warning" => Severity.Warning,
                _ => Severity.Note,
            },
            Summary = $"ShellCheck's {id}",
            Help = PageOf(id),
        };
    }

    private static TextEdit EditOf(SourceFile file, ShellCheckReplacement replacement)
    {
        var start = OffsetOf(file, replacement.Line, replacement.Column);
        var end = OffsetOf(file, replacement.EndLine, replacement.EndColumn);
        return new TextEdit(new TextSpan(start, Math.Max(start, end)), replacement.Text);
    }

    /// <summary>The offset of a column that counts code points; the end of the line for columns behind it.</summary>
    private static int OffsetOf(SourceFile file, int line, int column)
    {
        var span = file.Lines.LineSpan(Math.Max(1, line));
        var bytes = file.Content.AsSpan(0, span.End);
        var at = span.Start;
        // ShellCheck drops a byte order mark before it counts.
        if (line == 1 && bytes.StartsWith("\uFEFF"u8))
            at = 3;
        for (var i = 1; i < column && at < span.End; i++)
        {
            Rune.DecodeFromUtf8(bytes[at..], out _, out var length);
            at += length;
        }
        return at;
    }
}
