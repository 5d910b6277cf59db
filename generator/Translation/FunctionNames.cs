using Microsoft.CodeAnalysis;

namespace VmRecovery.Translation;

/// <summary>The bash function that each method becomes.</summary>
internal static class FunctionNames
{
    /// <summary>Its name: for detectors the body behind the public wrapper.</summary>
    public static string Of(IMethodSymbol method)
    {
        if (method.Attribute("Detects") is { } detects)
            return $"_vm_claims_{Snake(EnumMember(detects))}";
        if (method.Attribute("Offers") is { } offers)
            return $"_vm_offers_{Snake(EnumMember(offers))}";
        return method.AttributeText("BashFunction") ?? $"_vm_{PolicyVocabulary.SnakeCase(method.Name)}";
    }

    /// <summary>The enum member that is the first argument of an attribute.</summary>
    public static IFieldSymbol EnumMember(AttributeData attribute)
    {
        var argument = attribute.ConstructorArguments[0];
        return argument.Type!.GetMembers().OfType<IFieldSymbol>().First(field => Equals(field.ConstantValue, argument.Value));
    }

    /// <summary>A member's id as part of a function name.</summary>
    public static string Snake(IFieldSymbol member) => (member.Id() ?? member.Name).Replace('-', '_');
}
