using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using VmRecovery.Compiler.Loading;
using VmRecovery.Diagnostics;
using Diagnostic = VmRecovery.Compiler.Findings.Diagnostic;

namespace VmRecovery.Compiler.Translation;

/// <summary>Codes of what the translator refuses; docs/diagnostics.md explains each.</summary>
internal static class Codes
{
    public const string Statement = "VMP201";
    public const string Expression = "VMP202";
    public const string Call = "VMP203";
    public const string Comparison = "VMP204";
    public const string Pattern = "VMP205";
    public const string Member = "VMP206";
    public const string Signature = "VMP207";
    public const string Name = "VMP208";
    public const string Characters = "VMP209";
    public const string Table = "VMP210";
    public const string InvalidRegex = "VMP220";
    public const string RegexFeature = "VMP221";
    public const string RegexNotConstant = "VMP222";
    public const string Capture = "VMP223";
}

/// <summary>Collects what has no bash equivalent, so that one run names all of it.</summary>
internal sealed class Findings
{
    private readonly List<(SyntaxTree Tree, TextSpan Span, Diagnostic Diagnostic)> found = [];

    /// <summary>Whether there is anything.</summary>
    public bool Any => found.Count > 0;

    /// <summary>In the order of files and lines, each once.</summary>
    public ImmutableArray<Diagnostic> Sorted() =>
    [
        .. found
            .OrderBy(f => f.Tree.FilePath, StringComparer.Ordinal)
            .ThenBy(f => f.Span.Start)
            .Select(f => f.Diagnostic)
            .Distinct(),
    ];

    /// <summary>Notes that a piece of syntax can't be translated.</summary>
    public void Refuse(SyntaxNode node, string code, string message, string? help = null) =>
        Refuse(node.SyntaxTree, node.Span, code, message, help);

    /// <summary>Notes that a part of a file can't be translated.</summary>
    public void Refuse(SyntaxTree tree, TextSpan span, string code, string message, string? help = null) =>
        found.Add((tree, span, new Diagnostic(Places.Of(tree, span), Severity.Error, code, message, help)));

    /// <summary>Notes that something declared can't be translated.</summary>
    public void Refuse(ISymbol symbol, string code, string message, string? help = null)
    {
        var location = symbol.Locations[0];
        Refuse(location.SourceTree!, location.SourceSpan, code, message, help);
    }
}
