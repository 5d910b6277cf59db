using System.Collections.Immutable;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Linting.ShellCheck;
using VmRecovery.Scripts.Linting.Suppressions;

namespace VmRecovery.Scripts.Linting;

/// <summary>
/// A script after the rules have seen it: enough to add ShellCheck's findings later, without its tree.
/// </summary>
/// <param name="File">The file.</param>
/// <param name="Found">The findings of the rules, suppressed ones included.</param>
/// <param name="Suppressions">The comments that switch rules off.</param>
/// <param name="StatementSpans">The bytes of all statements, outer ones first.</param>
internal sealed record LintedScript(
    SourceFile File,
    ImmutableArray<Diagnostic> Found,
    ImmutableArray<Suppression> Suppressions,
    ImmutableArray<TextSpan> StatementSpans
)
{
    /// <summary>Returns the findings to report, in the order of the text.</summary>
    /// <param name="shellCheck">ShellCheck's findings; null when it did not run on the file.</param>
    /// <param name="settings">The settings for the file.</param>
    public ImmutableArray<Diagnostic> Findings(ImmutableArray<Diagnostic>? shellCheck, LintSettings? settings = null)
    {
        settings ??= LintSettings.Default;
        var all = Duplicates.Remove(Found, shellCheck ?? []);
        var suppressed = SuppressionFilter.Apply(this, all, shellCheck is not null, settings);
        return
        [
            .. from diagnostic in suppressed
            let leveled = settings.Apply(diagnostic)
            where leveled is not null
            orderby leveled.Location.Span?.Start ?? 0, leveled.Id
            select leveled,
        ];
    }

    /// <summary>The innermost statement around an offset; null where there is none, as in a comment.</summary>
    public TextSpan? StatementAt(int offset)
    {
        TextSpan? innermost = null;
        foreach (var span in StatementSpans)
        {
            if (span.Start > offset)
                break;
            if (span.Contains(offset))
                innermost = span;
        }
        return innermost;
    }
}
