using System.Globalization;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting.Suppressions;

/// <summary>Leaves out findings that a comment switches off, and reports comments that do nothing.</summary>
internal static class SuppressionFilter
{
    /// <summary>Returns the findings that remain, with those about the comments.</summary>
    /// <param name="script">The script.</param>
    /// <param name="found">All findings.</param>
    /// <param name="withShellCheck">Whether ShellCheck ran, so that a comment for one of its codes can be
    /// unused.</param>
    /// <param name="settings">The settings for the file.</param>
    public static IEnumerable<Diagnostic> Apply(
        LintedScript script,
        IEnumerable<Diagnostic> found,
        bool withShellCheck,
        LintSettings settings
    )
    {
        if (script.Suppressions.IsEmpty)
            return found;
        var used = new HashSet<Suppression>(ReferenceEqualityComparer.Instance);
        var remaining = new List<Diagnostic>();
        foreach (var diagnostic in found)
        {
            var by = script.Suppressions.Where(s => IsFor(s, diagnostic)).ToList();
            used.UnionWith(by);
            if (by.Count == 0)
                remaining.Add(diagnostic);
        }
        foreach (var suppression in script.Suppressions.Where(s => !s.IsShellCheck))
        {
            if (!RuleSet.IsKnown(suppression.Id))
            {
                remaining.Add(
                    Report(script, suppression, MetaRules.UnknownSuppression, $"there is no rule '{suppression.Id}'")
                );
            }
            else if (
                !used.Contains(suppression)
                && settings.IsOn(suppression.Id)
                && (withShellCheck || !RuleSet.IsShellCheckCode(suppression.Id))
            )
            {
                remaining.Add(
                    Report(
                        script,
                        suppression,
                        MetaRules.UnusedSuppression,
                        $"{suppression.Id} finds nothing here"
                    ) with
                    {
                        Fix = Removal(script, suppression),
                    }
                );
            }
            if (settings.RequireReasons && !suppression.HasReason)
            {
                remaining.Add(
                    Report(
                        script,
                        suppression,
                        MetaRules.SuppressionWithoutReason,
                        $"{suppression.Id} is switched off without a reason"
                    )
                );
            }
        }
        return remaining;
    }

    private static bool IsFor(Suppression suppression, Diagnostic diagnostic)
    {
        if (
            diagnostic.Location.Span is not { } span
            || !(suppression.Range.Contains(span.Start) || span.Start == suppression.Range.Start)
        )
            return false;
        if (suppression.Id == diagnostic.Id)
            return true;
        // A directive of ShellCheck's also speaks for our rule that says the same.
        return RuleSet.ShellCheckCodeOf(diagnostic.Id) is { } code
            && suppression.Id == string.Create(CultureInfo.InvariantCulture, $"SC{code}");
    }

    private static Diagnostic Report(
        LintedScript script,
        Suppression suppression,
        DiagnosticDescriptor descriptor,
        string message
    ) => new(descriptor, Location.Of(script.File, suppression.IdSpan), message) { Help = descriptor.Help };

    private static Fix Removal(LintedScript script, Suppression suppression)
    {
        var siblings = script.Suppressions.Where(s => s.Comment == suppression.Comment).ToList();
        if (siblings.Count == 1)
            return new Fix(
                "remove the comment",
                FixSafety.Safe,
                [new TextEdit(WholeComment(script, suppression.Comment), "")]
            );
        var index = siblings.IndexOf(suppression);
        var span =
            index == 0
                ? new TextSpan(suppression.IdSpan.Start, siblings[1].IdSpan.Start)
                : new TextSpan(siblings[index - 1].IdSpan.End, suppression.IdSpan.End);
        return new Fix($"remove {suppression.Id}", FixSafety.Safe, [new TextEdit(span, "")]);
    }

    /// <summary>The comment with the blanks before it; with its line when nothing else stands there.</summary>
    private static TextSpan WholeComment(LintedScript script, TextSpan comment)
    {
        var content = script.File.Content;
        var start = comment.Start;
        while (start > 0 && content[start - 1] is (byte)' ' or (byte)'\t')
            start--;
        var ownLine = start == 0 || content[start - 1] == (byte)'\n';
        var end = comment.End;
        if (ownLine && end < content.Length && content[end] == (byte)'\n')
            end++;
        return new TextSpan(start, end);
    }
}
