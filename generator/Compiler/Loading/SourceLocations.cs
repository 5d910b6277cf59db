using Microsoft.CodeAnalysis;
using Location = VmRecovery.Diagnostics.Location;
using LinePosition = VmRecovery.Bash.Text.LinePosition;
using TextSpan = Microsoft.CodeAnalysis.Text.TextSpan;

namespace VmRecovery.Compiler.Loading;

/// <summary>Locations in the C# of a policy.</summary>
internal static class SourceLocations
{
    /// <summary>The location of a syntax node or a compiler message, up to the end of its line.</summary>
    public static Location Of(Microsoft.CodeAnalysis.Location location) =>
        location.SourceTree is { } tree ? Of(tree, location.SourceSpan) : Location.OfFile("policy");

    /// <summary>The location of a span, up to the end of its line.</summary>
    public static Location Of(SyntaxTree tree, TextSpan span)
    {
        var line = tree.GetText().Lines.GetLineFromPosition(span.Start);
        var length = Math.Max(1, Math.Min(span.End, line.End) - span.Start);
        var start = new LinePosition(line.LineNumber + 1, span.Start - line.Start + 1);
        return Location.Of(tree.FilePath, start, length, line.ToString());
    }

    /// <summary>The location of a symbol's name in its declaration.</summary>
    public static Location Of(ISymbol symbol) =>
        Of(symbol.Locations.FirstOrDefault() ?? Microsoft.CodeAnalysis.Location.None);

    /// <summary>The location of an attribute.</summary>
    public static Location Of(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is { } syntax
            ? Of(syntax.SyntaxTree, syntax.Span)
            : Location.OfFile("policy");
}
