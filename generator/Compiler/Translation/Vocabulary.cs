using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using VmRecovery.Compiler.Loading;

namespace VmRecovery.Compiler.Translation;

/// <summary>How the names of a policy are called in bash.</summary>
internal sealed class Vocabulary
{
    /// <summary>The name of a detector before the id of its class.</summary>
    public const string ClaimsPrefix = "_vm_claims_";

    private readonly Dictionary<IMethodSymbol, string> functions = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<SyntaxTree, SemanticModel> models = [];
    private readonly Compilation compilation;

    public Vocabulary(PolicyModel model)
    {
        compilation = model.Policy.Roslyn;
        SharedVariables = [.. model.Types
            .SelectMany(t => t.GetMembers().OfType<IPropertySymbol>())
            .SelectMany(p => VariableOf(p) is not { } name ? [] : IsLog(p.Type) ? [name, ExpressionTranslator.LowerCased(name)] : new[] { name })];
        foreach (var detector in model.Detectors)
            functions[detector.Method] = ClaimsPrefix + Snake(PolicyModel.Id(detector.Member));
        foreach (var offer in model.Offers)
            functions[offer.Method] = "_vm_offers_" + Snake(PolicyModel.Id(offer.Member));
        foreach (var offer in model.Offers.Where(o => o.Words is not null))
            functions[offer.Words!] = "_vm_words_" + Snake(PolicyModel.Id(offer.Member));
        foreach (var method in model.Methods.Where(m => !functions.ContainsKey(m)))
            if (PolicyAttributes.Text(method, "BashFunction") is { } name)
                functions[method] = name;
        var taken = functions.Values.ToHashSet(StringComparer.Ordinal);
        var rest = model.Methods.Where(m => !functions.ContainsKey(m)).ToLookup(m => "_vm_" + Snake(m.Name));
        foreach (var alike in rest)
            foreach (var method in alike)
                functions[method] = alike.Count() == 1 && !taken.Contains(alike.Key)
                    ? alike.Key
                    : $"_vm_{Snake(method.ContainingType.Name)}_{Snake(method.Name)}";
    }

    /// <summary>Variables that stand for properties; no local may hide them.</summary>
    public ImmutableHashSet<string> SharedVariables { get; }

    /// <summary>The bash function of a method of the policy.</summary>
    public string FunctionOf(IMethodSymbol method) => functions[method];

    /// <summary>Whether the method belongs to the policy.</summary>
    public bool Knows(IMethodSymbol method) => functions.ContainsKey(method);

    /// <summary>The shell variable of a property; null when it has none.</summary>
    public static string? VariableOf(IPropertySymbol property) => PolicyAttributes.Text(property, "BashVariable");

    /// <summary>Whether values of the type are not passed: their properties are shell variables already.</summary>
    public bool IsShared(ITypeSymbol type) =>
        type is INamedTypeSymbol { IsRecord: true } && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);

    /// <summary>The shell variable of a parameter or local: the underscore keeps it out of a script's way.</summary>
    public static string LocalOf(ISymbol symbol) => "_" + Snake(symbol.Name);

    /// <summary>Whether calls to the type are commands.</summary>
    public bool IsNode(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Interface && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);

    /// <summary>Whether the type is the text of a log, of which only certain questions may be asked.</summary>
    public static bool IsLog(ITypeSymbol? type) => type is { Name: "LogText" };

    /// <summary>The semantic model for a node.</summary>
    public SemanticModel ModelOf(SyntaxNode node)
    {
        if (!models.TryGetValue(node.SyntaxTree, out var model))
            models[node.SyntaxTree] = model = compilation.GetSemanticModel(node.SyntaxTree);
        return model;
    }

    /// <summary>A C# name or an id as bash names are written: <c>IsVmStart</c> and <c>is-vm-start</c> → <c>is_vm_start</c>.</summary>
    public static string Snake(string name)
    {
        var output = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var starts = char.IsAsciiLetterUpper(name[i]) && i > 0 && output[^1] != '_'
                && (!char.IsAsciiLetterUpper(name[i - 1]) || i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1]));
            if (starts)
                output.Append('_');
            output.Append(name[i] == '-' ? '_' : char.ToLowerInvariant(name[i]));
        }
        return output.ToString();
    }

    /// <summary>Whether bash takes it as the name of a variable or function.</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
