using System.Globalization;
using VmRecovery.Diagnostics;

namespace VmRecovery.Compiler.Findings;

/// <summary>
/// Writes a diagnostic for people: <c>file:line:col: error VMP001: message</c>, then the source line with a caret
/// under the offending characters, then <c>help:</c>.
/// </summary>
internal static class DiagnosticPrinter
{
    /// <summary>Writes one diagnostic.</summary>
    public static void Print(TextWriter output, Diagnostic diagnostic)
    {
        output.Write(Invariant($"{Location(diagnostic.Place)}: {Name(diagnostic.Severity)} {diagnostic.Code}: {diagnostic.Message}\n"));
        if (diagnostic.Place is { SourceLine: { } line, Line: > 0, Column: > 0 } place)
        {
            var gutter = place.Line.ToString(CultureInfo.InvariantCulture);
            var start = Math.Min(place.Column - 1, line.Length);
            var length = Math.Clamp(place.Length, 1, Math.Max(1, line.Length - start));
            // Tabs stay tabs so that the caret stands under its character whatever their width.
            var indent = string.Concat(line[..start].Select(c => c == '\t' ? '\t' : ' '));
            output.Write(Invariant($" {gutter} | {line}\n"));
            output.Write(Invariant($" {new string(' ', gutter.Length)} | {indent}^{new string('~', length - 1)}\n"));
        }
        if (diagnostic.Help is { } help)
            output.Write(Invariant($"  help: {help}\n"));
    }

    private static string Location(Place place) => place switch
    {
        { Line: <= 0 } => place.File,
        { Column: <= 0 } => Invariant($"{place.File}:{place.Line}"),
        _ => Invariant($"{place.File}:{place.Line}:{place.Column}"),
    };

    private static string Name(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
