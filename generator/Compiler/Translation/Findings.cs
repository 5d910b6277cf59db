using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using VmRecovery.Compiler.Loading;
using Diagnostic = VmRecovery.Diagnostics.Diagnostic;
using DiagnosticDescriptor = VmRecovery.Diagnostics.DiagnosticDescriptor;

namespace VmRecovery.Compiler.Translation;

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
    public void Refuse(SyntaxNode node, DiagnosticDescriptor descriptor, string message, string? help = null) =>
        Refuse(node.SyntaxTree, node.Span, descriptor, message, help);

    /// <summary>Notes that a part of a file can't be translated.</summary>
    public void Refuse(SyntaxTree tree, TextSpan span, DiagnosticDescriptor descriptor, string message, string? help = null) =>
        found.Add((tree, span, new Diagnostic(descriptor, SourceLocations.Of(tree, span), message) { Help = help }));

    /// <summary>Notes that something declared can't be translated.</summary>
    public void Refuse(ISymbol symbol, DiagnosticDescriptor descriptor, string message, string? help = null)
    {
        var location = symbol.Locations[0];
        Refuse(location.SourceTree!, location.SourceSpan, descriptor, message, help);
    }
}
