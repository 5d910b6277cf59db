using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using VmRecovery.Compiler.Findings;

namespace VmRecovery.Compiler.Loading;

/// <summary>Where something stands in the C# of a policy.</summary>
internal static class Places
{
    /// <summary>The place of a syntax node or a compiler message; its length ends with the line.</summary>
    public static Place Of(Location location) =>
        location.SourceTree is { } tree ? Of(tree, location.SourceSpan) : new Place("policy");

    /// <summary>The place of a span.</summary>
    public static Place Of(SyntaxTree tree, TextSpan span)
    {
        var text = tree.GetText();
        var line = text.Lines.GetLineFromPosition(span.Start);
        var length = Math.Max(1, Math.Min(span.End, line.End) - span.Start);
        return new Place(tree.FilePath, line.LineNumber + 1, span.Start - line.Start + 1, length, line.ToString());
    }

    /// <summary>The place where a symbol is declared; its name there.</summary>
    public static Place Of(ISymbol symbol) => Of(symbol.Locations.FirstOrDefault() ?? Location.None);

    /// <summary>The place of an attribute.</summary>
    public static Place Of(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is { } syntax ? Of(syntax.SyntaxTree, syntax.Span) : new Place("policy");
}
