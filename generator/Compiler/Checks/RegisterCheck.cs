using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Compiler.Loading;
using Diagnostic = VmRecovery.Diagnostics.Diagnostic;
using DiagnosticDescriptor = VmRecovery.Diagnostics.DiagnosticDescriptor;

namespace VmRecovery.Compiler.Checks;

/// <summary>The check of the two lists of a policy: every class and every option once, in the order of its enum.</summary>
internal static class RegisterCheck
{
    private const string ClassEntry = "an entry is 'new(ErrorClass.Member, Type.Method, causes, \"category\")'";
    private const string OptionEntry = "an entry is 'new(MenuOption.Member, Type.Method)'";

    /// <summary>Entries that are missing, twice, out of order or not readable.</summary>
    public static ImmutableArray<Diagnostic> Run(PolicyModel model) =>
    [
        .. Check(model, model.ClassEnum, model.ClassList, "Classifier.Detectors", ClassEntry, PolicyDiagnostics.Detectors),
        .. Check(model, model.OptionEnum, model.OptionList, "RecoveryMenu.Items", OptionEntry, PolicyDiagnostics.Options),
    ];

    private static IEnumerable<Diagnostic> Check(
        PolicyModel model, INamedTypeSymbol? type, IFieldSymbol? list, string name, string form, DiagnosticDescriptor missing)
    {
        if (type is null)
            yield break;
        if (list is null)
        {
            yield return new Diagnostic(missing, SourceLocations.Of(type), $"the policy has no list '{name}' of '{type.Name}'");
            yield break;
        }
        var members = PolicyAttributes.Members(type);
        var seen = new List<IFieldSymbol>();
        foreach (var entry in PolicyModel.Entries(list))
        {
            if (model.Read(entry) is not { } read || !Same(read.Member.ContainingType, type)
                || missing == PolicyDiagnostics.Detectors && model.Constant(read.Entry, 3) is null)
            {
                yield return At(entry, PolicyDiagnostics.Register, form);
                continue;
            }
            if (seen.Any(s => Same(s, read.Member)))
                yield return At(entry, missing, $"'{read.Member.Name}' is in '{name}' already");
            else if (seen.Count > 0 && members.IndexOf(read.Member) < members.IndexOf(seen[^1]))
                yield return At(entry, PolicyDiagnostics.Register, $"'{read.Member.Name}' stands before '{seen[^1].Name}' in '{type.Name}': the order decides");
            seen.Add(read.Member);
        }
        foreach (var member in members.Where(m => seen.All(s => !Same(s, m))))
            yield return new Diagnostic(missing, SourceLocations.Of(member), $"'{member.Name}' is not in '{name}'");
    }

    private static bool Same(ISymbol a, ISymbol b) => SymbolEqualityComparer.Default.Equals(a, b);

    private static Diagnostic At(ExpressionSyntax entry, DiagnosticDescriptor descriptor, string message) =>
        new(descriptor, SourceLocations.Of(entry.GetLocation()), message);
}
