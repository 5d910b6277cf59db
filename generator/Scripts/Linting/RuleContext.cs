using System.Collections.Immutable;
using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting;

/// <summary>The script that a rule looks at, and the way to report.</summary>
internal sealed class RuleContext(VmScript script, LintRule rule, Action<Diagnostic> report)
{
    /// <summary>The script.</summary>
    public VmScript Script { get; } = script;

    /// <summary>Reports a finding.</summary>
    /// <param name="span">The bytes to show.</param>
    /// <param name="message">One line in lower case without a final stop.</param>
    /// <param name="fix">The change that removes it.</param>
    /// <param name="related">Other places that explain it.</param>
    public void Report(
        TextSpan span,
        string message,
        Fix? fix = null,
        params ImmutableArray<RelatedLocation> related
    ) =>
        report(
            new Diagnostic(rule.Descriptor, Location.Of(Script.File, span), message)
            {
                Help = rule.Descriptor.Help,
                Fix = fix,
                Related = related,
            }
        );

    /// <summary>Creates a fix of the rule's safety.</summary>
    public Fix Fix(string title, params ImmutableArray<TextEdit> edits) =>
        new(title, rule.FixSafety ?? FixSafety.DisplayOnly, edits);

    /// <summary>The source of a node as text.</summary>
    public string Text(SyntaxNode node) => Script.File.Slice(node.Span);

    /// <summary>The place of a node, as related location.</summary>
    public RelatedLocation Related(TextSpan span, string message) => new(Location.Of(Script.File, span), message);

    /// <summary>
    /// The whole line of a statement with its line feed; null when it shares the line or has several.
    /// </summary>
    public TextSpan? LineOf(TextSpan statement)
    {
        var lines = Script.File.Lines;
        var line = lines.LineAt(statement.Start);
        var text = lines.LineSpan(line);
        return IndentAt(statement.Start) is not null && text.End == statement.End
            ? new TextSpan(lines.LineStart(line), lines.LineStart(line + 1))
            : null;
    }

    /// <summary>
    /// The blanks before the statement at <paramref name="offset"/> on its line; null when something else is there.
    /// </summary>
    public string? IndentAt(int offset)
    {
        var lines = Script.File.Lines;
        var start = lines.LineStart(lines.LineAt(offset));
        var text = Script.File.Content.AsSpan(start, offset - start);
        return text.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0 ? System.Text.Encoding.ASCII.GetString(text) : null;
    }
}
