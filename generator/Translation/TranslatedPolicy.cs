using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Bash;
using VmRecovery.Diagnostics;
using VmRecovery.Policy;
using Diagnostic = VmRecovery.Diagnostics.Diagnostic;

namespace VmRecovery.Translation;

/// <summary>A bash function and the C# it comes from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Chapter">Which part of the library it belongs to: detectors, menu, cleanup or profiles.</param>
/// <param name="File">The C# file.</param>
/// <param name="Line">The member's line, from 1.</param>
/// <param name="Member">Such as <c>Download.IsDownloadError</c>.</param>
/// <param name="Text">Its source, ending in one line end.</param>
internal sealed record TranslatedFunction(string Name, string Chapter, string File, int Line, string Member, string Text);

/// <summary>The policy as bash.</summary>
internal static class TranslatedPolicy
{
    /// <summary>Translates every method that the generated library needs.</summary>
    /// <exception cref="DiagnosticException">Something has no bash equivalent.</exception>
    public static ImmutableArray<TranslatedFunction> From(PolicyCompilation policy)
    {
        var compilation = policy.Compilation;
        var functions = new List<TranslatedFunction>();
        var problems = new List<Diagnostic>();
        foreach (var method in Methods(compilation))
        {
            try
            {
                var function = MethodTranslator.Translate(method, compilation, Comment(method));
                functions.Add(Described(method, Chapter(method), function));
                if (method.Attribute("Detects") is not null)
                    functions.Add(Described(method, "detectors", PolicyParts.Wrapper(method)));
            }
            catch (NotTranslatableException e)
            {
                problems.Add(e.ToDiagnostic());
            }
        }
        foreach (var table in Fields(compilation).Where(field => field.Attribute("BashTable") is not null))
            functions.Add(Described(table, "profiles", PolicyParts.Table(table, compilation)));
        if (problems.Count > 0)
            throw new DiagnosticException([.. problems]);
        functions.AddRange(PolicyParts.Vocabulary(compilation));
        return [.. functions];
    }

    /// <summary>The comment above a function: what it is, and where it comes from.</summary>
    public static ImmutableArray<string> Comment(ISymbol symbol)
    {
        var file = symbol.DeclaringSyntaxReferences[0].SyntaxTree.FilePath;
        return Wrap($"{symbol.Summary()} ({file}, {symbol.ContainingType.Name}.{symbol.Name})".TrimStart());
    }

    /// <summary>A function with the place of the symbol it was made from.</summary>
    public static TranslatedFunction Described(ISymbol symbol, string chapter, FunctionDefinition function)
    {
        var location = symbol.Locations[0];
        var line = location.GetLineSpan().StartLinePosition.Line + 1;
        return new TranslatedFunction(
            function.Name, chapter, location.SourceTree!.FilePath, line, $"{symbol.ContainingType.Name}.{symbol.Name}", BashWriter.Write(function));
    }

    private static IEnumerable<IMethodSymbol> Methods(Compilation compilation)
    {
        var all = Types(compilation).SelectMany(type => type.GetMembers()).OfType<IMethodSymbol>()
            .Where(method => method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is MethodDeclarationSyntax)
            .ToList();
        var wanted = all.Where(method =>
            method.Attribute("BashFunction") is not null || method.Attribute("Detects") is not null || method.Attribute("Offers") is not null);
        var reached = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        var queue = new Queue<IMethodSymbol>(wanted);
        while (queue.TryDequeue(out var method))
            if (reached.Add(method))
                foreach (var callee in Callees(method, compilation))
                    queue.Enqueue(callee);
        // Source order: helpers stay beside what uses them.
        return all.Where(reached.Contains);
    }

    private static IEnumerable<IMethodSymbol> Callees(IMethodSymbol method, Compilation compilation)
    {
        var declaration = method.DeclaringSyntaxReferences[0].GetSyntax();
        var model = compilation.GetSemanticModel(declaration.SyntaxTree);
        return declaration.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Select(call => model.GetSymbolInfo(call).Symbol).OfType<IMethodSymbol>()
            .Where(callee => callee.IsStatic && callee.DeclaringSyntaxReferences.Length > 0);
    }

    private static IEnumerable<IFieldSymbol> Fields(Compilation compilation) =>
        Types(compilation).SelectMany(type => type.GetMembers()).OfType<IFieldSymbol>();

    /// <summary>The policy's own types, in the order of its files.</summary>
    public static IEnumerable<INamedTypeSymbol> Types(Compilation compilation) =>
        from tree in compilation.SyntaxTrees
        let model = compilation.GetSemanticModel(tree)
        from declaration in tree.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        select (INamedTypeSymbol)model.GetDeclaredSymbol(declaration)!;

    private static string Chapter(IMethodSymbol method)
    {
        if (method.Attribute("Offers") is not null || method.ContainingNamespace.Name == "Menu")
            return "menu";
        return method.ContainingNamespace.Name switch { "Cleanup" => "cleanup", "Profiles" => "profiles", _ => "detectors" };
    }

    private static ImmutableArray<string> Wrap(string text)
    {
        const int width = 116;
        var lines = new List<string>();
        foreach (var word in text.Split(' '))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= width)
                lines[^1] += ' ' + word;
            else
                lines.Add(word);
        }
        return [.. lines];
    }
}
