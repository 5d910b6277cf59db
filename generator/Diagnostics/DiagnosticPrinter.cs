using System.Globalization;

namespace VmRecovery.Diagnostics;

/// <summary>
/// Writes a diagnostic for people: <c>file:line:column: error VMP101: message</c>, then the source line with a caret
/// under the offending characters, then related places and <c>help:</c>.
/// </summary>
public static class DiagnosticPrinter
{
    /// <summary>Writes one diagnostic.</summary>
    public static void Print(TextWriter output, Diagnostic diagnostic)
    {
        output.Write($"{Line(diagnostic)}\n");
        PrintExcerpt(output, diagnostic.Location);
        foreach (var related in diagnostic.Related)
            output.Write($"  {related.Location}: {Printable(related.Message)}\n");
        if (diagnostic.Help is { } help)
            output.Write($"  help: {Printable(help)}\n");
    }

    /// <summary>Returns the first line: place, severity, identifier and message.</summary>
    public static string Line(Diagnostic diagnostic) =>
        $"{diagnostic.Location}: {NameOf(diagnostic.Severity)} {diagnostic.Id}: {Printable(diagnostic.Message)}";

    /// <summary>Writes the source line of a location with a caret; nothing where the line is not known.</summary>
    public static void PrintExcerpt(TextWriter output, Location location)
    {
        if (location is not { SourceLine: { } line, Column: > 0 })
            return;
        var gutter = location.Line.ToString(CultureInfo.InvariantCulture);
        var start = Math.Min(location.Column - 1, line.Length);
        var end = location.EndLine == location.Line ? location.EndColumn - 1 : line.Length;
        var length = Math.Clamp(end - start, 1, Math.Max(1, line.Length - start));
        // Tabs stay tabs so that the caret stands under its character whatever their width.
        var indent = string.Concat(line[..start].Select(c => c == '\t' ? '\t' : ' '));
        output.Write($" {gutter} | {Printable(line)}\n");
        output.Write($" {new string(' ', gutter.Length)} | {indent}^{new string('~', length - 1)}\n");
    }

    /// <summary>Returns the lower-case name of a severity.</summary>
    public static string NameOf(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    /// <summary>Replaces control characters but tab and line feed: a source must not drive the user's terminal.</summary>
    private static string Printable(string text) =>
        text.Any(IsUnprintable) ? string.Concat(text.Select(c => IsUnprintable(c) ? '\uFFFD' : c)) : text;

    private static bool IsUnprintable(char c) => char.IsControl(c) && c is not ('\t' or '\n');
}
