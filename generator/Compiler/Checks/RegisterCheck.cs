using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Compiler.Loading;
using VmRecovery.Diagnostics;
using Diagnostic = VmRecovery.Compiler.Findings.Diagnostic;

namespace VmRecovery.Compiler.Checks;

/// <summary>Whether the lists that the native engine goes through say what the attributes say, in the order of the enum.</summary>
/// <remarks>A policy without such a list is for bash alone.</remarks>
internal static class RegisterCheck
{
    public const string Register = "VMP117";

    /// <summary>What is missing, there twice, out of order or tied to another method.</summary>
    public static ImmutableArray<Diagnostic> Run(PolicyModel model) =>
        [.. Check(model, "Classifier", "Detectors", model.Detectors), .. Check(model, "RecoveryMenu", "Items", model.Offers)];

    private static IEnumerable<Diagnostic> Check(PolicyModel model, string type, string field, ImmutableArray<Marked> marked)
    {
        var list = model.Types.Where(t => t.Name == type).SelectMany(t => t.GetMembers(field)).OfType<IFieldSymbol>().FirstOrDefault();
        if (list is null)
            yield break;
        var seen = new List<Marked>();
        foreach (var entry in PolicyModel.Entries(list))
        {
            if (Read(model, entry) is not var (member, method))
                yield return At(entry, "an entry is 'new(Enum.Member, Type.Method)'");
            else if (marked.FirstOrDefault(m => Same(m.Member, member)) is not { } own)
                yield return At(entry, $"no method is marked for '{member.Name}'");
            else
            {
                if (!Same(own.Method, method))
                    yield return At(entry, $"'{member.Name}' belongs to '{own.Method.ContainingType.Name}.{own.Method.Name}', which carries the attribute, not to '{method.ContainingType.Name}.{method.Name}'");
                if (seen.Contains(own))
                    yield return At(entry, $"'{member.Name}' is in '{type}.{field}' already");
                else if (seen.Count > 0 && marked.IndexOf(own) < marked.IndexOf(seen[^1]))
                    yield return At(entry, $"'{member.Name}' stands before '{seen[^1].Member.Name}' in '{member.ContainingType.Name}': the order decides");
                seen.Add(own);
            }
        }
        foreach (var missing in marked.Where(m => seen.All(s => !Same(s.Member, m.Member))))
            yield return new Diagnostic(Places.Of(list), Severity.Error, Register, $"'{missing.Member.Name}' is not in '{type}.{field}', so the native engine does not know it");
    }

    private static (IFieldSymbol Member, IMethodSymbol Method)? Read(PolicyModel model, ExpressionSyntax entry)
    {
        if (entry is not BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var member }, { Expression: var method }] })
            return null;
        var semantics = model.Policy.Roslyn.GetSemanticModel(entry.SyntaxTree);
        return semantics.GetSymbolInfo(member).Symbol is IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } field
            && semantics.GetSymbolInfo(method).Symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary } target
            ? (field, target)
            : null;
    }

    private static bool Same(ISymbol a, ISymbol b) => SymbolEqualityComparer.Default.Equals(a, b);

    private static Diagnostic At(ExpressionSyntax entry, string message) =>
        new(Places.Of(entry.GetLocation()), Severity.Error, Register, message);
}
