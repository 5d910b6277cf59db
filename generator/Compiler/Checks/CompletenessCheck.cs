using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Compiler.Loading;
using Diagnostic = VmRecovery.Diagnostics.Diagnostic;
using DiagnosticDescriptor = VmRecovery.Diagnostics.DiagnosticDescriptor;
using Location = VmRecovery.Diagnostics.Location;

namespace VmRecovery.Compiler.Checks;

/// <summary>Whether every class, option, step and table entry of a policy is there, once, and can be reached.</summary>
internal sealed class CompletenessCheck
{
    private readonly PolicyModel model;
    private readonly List<Diagnostic> found = [];

    private CompletenessCheck(PolicyModel model) => this.model = model;

    /// <summary>What is missing or there twice.</summary>
    public static ImmutableArray<Diagnostic> Run(PolicyModel model)
    {
        var check = new CompletenessCheck(model);
        check.CheckClasses();
        check.CheckOptions();
        check.CheckReachable();
        check.CheckTables();
        return [.. check.found];
    }

    private void CheckClasses()
    {
        if (model.ClassEnum is not { } classes)
        {
            found.Add(new Diagnostic(PolicyDiagnostics.NoVocabulary, Location.OfFile("policy"), $"the policy has no enum '{PolicyModel.Classes}'"));
            return;
        }
        CheckIds(classes);
        foreach (var member in PolicyAttributes.Members(classes).Where(m => PolicyAttributes.Text(m, "Advice") is null))
            Add(member, PolicyDiagnostics.Ids, $"'{member.Name}' has no [Advice(…)]: say what a user can do");
        if (PolicyAttributes.Members(classes).All(m => m.Name != PolicyModel.NoEvidence))
            Add(classes, PolicyDiagnostics.NoVocabulary, $"'{PolicyModel.Classes}' needs a last member '{PolicyModel.NoEvidence}' for failures without evidence");
        foreach (var detector in model.Detectors)
        {
            if (!PolicyAttributes.Of(detector.Method, "Claims").Any())
                Add(detector.Method, PolicyDiagnostics.Samples, $"'{detector.Method.Name}' has no [Claims(…)]: show at least one failure that it must claim");
            if (!PolicyAttributes.Of(detector.Method, "Rejects").Any())
                Add(detector.Method, PolicyDiagnostics.Samples, $"'{detector.Method.Name}' has no [Rejects(…)]: show at least one near miss");
        }
        foreach (var method in model.Methods.Where(m => model.Detectors.All(d => !SymbolEqualityComparer.Default.Equals(d.Method, m))))
            foreach (var sample in PolicyAttributes.Of(method, "Claims").Concat(PolicyAttributes.Of(method, "Rejects")))
                found.Add(new Diagnostic(PolicyDiagnostics.Samples, SourceLocations.Of(sample), $"'{method.Name}' is no detector, so nobody looks at this sample; add it to Classifier.Detectors"));
    }

    private void CheckOptions()
    {
        if (model.OptionEnum is not { } options)
        {
            found.Add(new Diagnostic(PolicyDiagnostics.NoVocabulary, Location.OfFile("policy"), $"the policy has no enum '{PolicyModel.Options}'"));
            return;
        }
        CheckIds(options);
    }

    private void CheckIds(INamedTypeSymbol type)
    {
        var seen = new Dictionary<string, IFieldSymbol>(StringComparer.Ordinal);
        foreach (var member in PolicyAttributes.Members(type))
        {
            if (PolicyAttributes.Text(member, "Id") is not { } id)
                Add(member, PolicyDiagnostics.Ids, $"'{member.Name}' has no [Id(…)], so scripts cannot name it");
            else if (id.Length == 0 || !id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
                Add(member, PolicyDiagnostics.Ids, $"the id '{id}' is not made of lower-case words and hyphens");
            else if (!seen.TryAdd(id, member))
                Add(member, PolicyDiagnostics.Ids, $"the id '{id}' is that of '{seen[id].Name}' already");
        }
    }

    /// <summary>A method over the policy's own vocabulary that nothing calls is a step that somebody forgot to mark.</summary>
    private void CheckReachable()
    {
        var used = model.Policy.Roslyn.SyntaxTrees.SelectMany(Mentions).ToLookup(n => n.Identifier.ValueText, StringComparer.Ordinal);
        foreach (var method in model.Methods)
        {
            var belongs = method is { IsStatic: true, ContainingType.IsStatic: true }
                && method.Parameters.Any(p => p.Type.ContainingAssembly is { } home && SymbolEqualityComparer.Default.Equals(home, model.Policy.Roslyn.Assembly));
            var marked = method.GetAttributes().Any(a => a.AttributeClass?.Name is "BashFunctionAttribute");
            if (belongs && !marked && !IsEntryPoint(method) && !used[method.Name].Any(n => Means(n, method)))
                Add(method, PolicyDiagnostics.Unreachable, $"nothing calls '{method.Name}'; put it into a list, mark it with [BashFunction], or remove it");
        }
    }

    /// <summary>What the native engine calls by name.</summary>
    private static bool IsEntryPoint(IMethodSymbol method) => 
        method is { Name: "Classify", ContainingType.Name: "Classifier" } or { Name: "For", ContainingType.Name: "RecoveryMenu" };

    private static IEnumerable<IdentifierNameSyntax> Mentions(SyntaxTree tree) =>
        tree.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>();

    private bool Means(IdentifierNameSyntax name, IMethodSymbol method)
    {
        var meant = model.Policy.Roslyn.GetSemanticModel(name.SyntaxTree).GetSymbolInfo(name);
        return SymbolEqualityComparer.Default.Equals(meant.Symbol, method);
    }

    private void CheckTables()
    {
        foreach (var table in model.Tables)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var entry in PolicyModel.Entries(table))
            {
                if (entry is not BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var key }, ..] })
                    continue;
                var semantics = model.Policy.Roslyn.GetSemanticModel(key.SyntaxTree);
                if (semantics.GetConstantValue(key).Value?.ToString() is { } value && !seen.Add(value))
                    found.Add(new Diagnostic(PolicyDiagnostics.Keys, SourceLocations.Of(key.GetLocation()), $"'{value}' is in the table already"));
            }
        }
    }

    private void Add(ISymbol symbol, DiagnosticDescriptor descriptor, string message) =>
        found.Add(new Diagnostic(descriptor, SourceLocations.Of(symbol), message));
}
