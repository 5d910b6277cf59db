using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Patching;

/// <summary>Creates the diagnostics about one script.</summary>
internal sealed class Refusals(VmScript script)
{
    /// <summary>Creates a diagnostic about a range.</summary>
    public Diagnostic At(DiagnosticDescriptor descriptor, TextSpan span, string message) =>
        new(descriptor, Location.Of(script.File, OneLine(span)), message) { Help = descriptor.Help };

    /// <summary>Creates a diagnostic about the script as a whole.</summary>
    public Diagnostic Whole(DiagnosticDescriptor descriptor, string message) => Whole(script.File.Path, descriptor, message);

    /// <inheritdoc cref="Whole(DiagnosticDescriptor, string)"/>
    public static Diagnostic Whole(string path, DiagnosticDescriptor descriptor, string message) =>
        new(descriptor, Location.OfFile(path), message) { Help = descriptor.Help };

    private TextSpan OneLine(TextSpan span)
    {
        var line = script.File.Lines.LineSpan(script.File.Lines.LineAt(span.Start));
        return new TextSpan(span.Start, Math.Max(span.Start, Math.Min(span.End, line.End)));
    }
}
