using System.Globalization;
using VmRecovery.Diagnostics;

namespace VmRecovery.Cli.Output.Findings;

/// <summary>
/// Findings for people: place, message, the source line with a caret, the fix; then one summary line.
/// </summary>
internal sealed class TextFindingsPrinter : IFindingsPrinter
{
    private const int WidestExcerpt = 160;

    /// <inheritdoc/>
    public void Print(TextWriter output, CheckReport report)
    {
        var style = new Style(report.Colours);
        foreach (var finding in report.Findings)
            Print(output, finding.Diagnostic, style);
        foreach (var notice in report.Notices)
            output.Write($"{style.Bold("note:")} {notice}\n");
        output.Write($"{Summary.Of(report)}\n");
        if (report.Findings is [var first, ..])
            output.Write(style.Grey($"Learn more with: vmrecovery explain {first.Diagnostic.Id}") + "\n");
    }

    private static void Print(TextWriter output, Diagnostic diagnostic, Style style)
    {
        var name = DiagnosticPrinter.NameOf(diagnostic.Severity);
        output.Write(
            $"{style.Bold(diagnostic.Location.ToString())}: {style.Severity(diagnostic.Severity, name)} "
                + $"{diagnostic.Id}: {Plain.Of(diagnostic.Message)}\n"
        );
        PrintExcerpt(output, diagnostic.Location, style);
        foreach (var related in diagnostic.Related)
            output.Write($"  {style.Grey($"{related.Location}: {Plain.Of(related.Message)}")}\n");
        if (diagnostic.Help is { } help)
            output.Write($"  help: {Plain.Of(help)}{(diagnostic.Fix is { } fix ? FixNote(fix) : "")}\n");
    }

    private static string FixNote(Fix fix) =>
        fix.Safety switch
        {
            FixSafety.Safe => " (--fix does)",
            FixSafety.Unsafe => " (--unsafe-fixes does)",
            _ => "",
        };

    private static void PrintExcerpt(TextWriter output, Location location, Style style)
    {
        if (location is not { SourceLine: { } line, Column: > 0 })
            return;
        var start = Math.Min(location.Column - 1, line.Length);
        var end = location.EndLine == location.Line ? Math.Min(location.EndColumn - 1, line.Length) : line.Length;
        if (line.Length > WidestExcerpt && start > WidestExcerpt / 2)
        {
            // The start of a long line is cut, never in the middle of a character.
            var cut = start - WidestExcerpt / 2;
            if (char.IsLowSurrogate(line[cut]))
                cut++;
            (line, start, end) = ("…" + line[cut..], start - cut + 1, end - cut + 1);
        }
        if (line.Length > WidestExcerpt)
            line = line[..(char.IsHighSurrogate(line[WidestExcerpt - 1]) ? WidestExcerpt - 1 : WidestExcerpt)] + "…";
        (start, end) = (Math.Min(start, line.Length), Math.Clamp(end, Math.Min(start, line.Length), line.Length));
        var gutter = location.Line.ToString(CultureInfo.InvariantCulture);
        // Tabs stay tabs, so that the caret stands under its character whatever their width.
        var indent = string.Concat(
            Plain
                .Of(line[..start])
                .EnumerateRunes()
                .Select(rune => rune.Value == '\t' ? "\t" : new string(' ', DisplayWidth.Of(rune)))
        );
        var width = Math.Max(1, DisplayWidth.Of(Plain.Of(line[start..end])));
        output.Write($" {style.Grey($"{gutter} |")} {Plain.Of(line)}\n");
        output.Write(
            $" {style.Grey($"{new string(' ', gutter.Length)} |")} {indent}{style.Green("^" + new string('~', width - 1))}\n"
        );
    }
}
