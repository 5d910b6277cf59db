using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace VmRecovery.Compiler.Loading;

/// <summary>
/// Reads the attributes of a policy by their names: a policy brings its own types, the generator's own copy of the
/// model is another assembly.
/// </summary>
internal static class PolicyAttributes
{
    /// <summary>The attributes of that kind, in source order.</summary>
    /// <param name="symbol">What carries them.</param>
    /// <param name="name">The type's name without <c>Attribute</c>.</param>
    public static IEnumerable<AttributeData> Of(ISymbol symbol, string name) =>
        symbol.GetAttributes().Where(a => a.AttributeClass?.Name == name + "Attribute");

    /// <summary>A text of the attribute; null without one.</summary>
    /// <param name="symbol">What carries it.</param>
    /// <param name="name">The type's name without <c>Attribute</c>.</param>
    /// <param name="argument">Which constructor argument.</param>
    public static string? Text(ISymbol symbol, string name, int argument = 0) =>
        Of(symbol, name).FirstOrDefault() is { } found && found.ConstructorArguments.Length > argument
            ? found.ConstructorArguments[argument].Value as string
            : null;

    /// <summary>The enum member that an attribute's first argument names.</summary>
    public static IFieldSymbol? Member(AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Enum, Type: INamedTypeSymbol type, Value: var value }, ..]
            ? Members(type).FirstOrDefault(f => Equals(f.ConstantValue, value))
            : null;

    /// <summary>Members of an enum in the order of their values.</summary>
    public static ImmutableArray<IFieldSymbol> Members(INamedTypeSymbol type) =>
    [
        .. type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue)
            .OrderBy(f => Convert.ToInt64(f.ConstantValue, System.Globalization.CultureInfo.InvariantCulture)),
    ];

    /// <summary>Every type of the policy, nested ones too, in the order of files and lines.</summary>
    public static IEnumerable<INamedTypeSymbol> Types(Compilation compilation)
    {
        var found = new List<INamedTypeSymbol>();
        Collect(compilation.Assembly.GlobalNamespace, found);
        return found
            .Where(t => t.Locations.Length > 0)
            .OrderBy(t => t.Locations[0].SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(t => t.Locations[0].SourceSpan.Start);
    }

    private static void Collect(INamespaceOrTypeSymbol container, List<INamedTypeSymbol> found)
    {
        foreach (var member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type)
                found.Add(type);
            Collect(member, found);
        }
    }
}
