using System.Collections.Frozen;
using Mono.Cecil;

namespace VmRecovery.Compiler.Checks;

/// <summary>The part of .NET that a policy may use: what computes and neither looks around nor remembers.</summary>
internal static class PureTypes
{
    private static readonly string[] Namespaces =
    [
        "System.Collections", "System.Collections.Generic", "System.Collections.Immutable", "System.Linq", "System.Text.RegularExpressions",
    ];

    private static readonly FrozenSet<string> Types = new[]
    {
        "System.Object", "System.String", "System.Boolean", "System.Char", "System.Byte", "System.Int32", "System.Int64", "System.UInt32",
        "System.UInt64", "System.Int16", "System.UInt16", "System.SByte", "System.Double", "System.Void", "System.ValueType", "System.Enum",
        "System.Array", "System.Nullable`1", "System.Math", "System.Index", "System.Range", "System.TimeSpan", "System.StringComparison",
        "System.StringComparer", "System.StringSplitOptions", "System.Attribute", "System.AttributeUsageAttribute", "System.AttributeTargets",
        "System.FlagsAttribute", "System.ObsoleteAttribute", "System.IEquatable`1", "System.IComparable`1", "System.MulticastDelegate",
        "System.Delegate", "System.ReadOnlySpan`1", "System.Span`1", "System.MemoryExtensions", "System.Text.StringBuilder",
        "System.Exception", "System.ArgumentException", "System.ArgumentOutOfRangeException", "System.ArgumentNullException",
        "System.InvalidOperationException", "System.NotSupportedException", "System.RuntimeTypeHandle", "System.IFormatProvider",
        "System.Globalization.CultureInfo", "System.ParamArrayAttribute",
        // What the compiler itself puts in.
        "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler", "System.Runtime.CompilerServices.RuntimeHelpers",
        "System.Runtime.CompilerServices.IsExternalInit", "System.Runtime.CompilerServices.SwitchExpressionException",
        "System.Runtime.CompilerServices.CompilerGeneratedAttribute", "System.Runtime.CompilerServices.NullableAttribute",
        "System.Runtime.CompilerServices.ReadOnlySpanHelpers", "System.Runtime.CompilerServices.IUnion",
        "System.Runtime.InteropServices.ImmutableCollectionsMarshal", "System.Runtime.InteropServices.CollectionsMarshal",
        "System.Runtime.CompilerServices.InlineArrayAttribute",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string[]> Members = new Dictionary<string, string[]>
    {
        // Records compare their types; everything else about types is reflection.
        ["System.Type"] = ["GetTypeFromHandle", "op_Equality", "op_Inequality"],
        // How the compiler fills the span behind a collection expression.
        ["System.Runtime.CompilerServices.Unsafe"] = ["Add", "As", "AsRef"],
        ["System.Globalization.CultureInfo"] = ["get_InvariantCulture"],
        ["System.Text.RegularExpressions.Regex"] =
            [".ctor", "IsMatch", "Match", "Matches", "Replace", "Escape"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] ForbiddenOfObject = ["GetType"];

    private static readonly string[] Mutable =
        ["System.Collections.Generic.List`1", "System.Collections.Generic.Dictionary`2", "System.Collections.Generic.HashSet`1", "System.Text.StringBuilder"];

    /// <summary>The name of what is not allowed; null when all is.</summary>
    /// <param name="type">The type that is named.</param>
    /// <param name="member">Its member that is used; null for the type alone.</param>
    public static string? Forbidden(TypeReference type, string? member = null)
    {
        if (type is GenericInstanceType generic)
            return generic.GenericArguments.Select(a => Forbidden(a)).FirstOrDefault(f => f is not null) ?? Forbidden(generic.ElementType, member);
        if (type is TypeSpecification nested)
            return type.IsPointer ? type.FullName : Forbidden(nested.ElementType, member);
        if (type is GenericParameter || type.Scope is ModuleDefinition)
            return null;
        var name = type.FullName;
        if (Members.TryGetValue(name, out var members))
            return member is null || members.Contains(member) ? null : $"{name}.{member}";
        if (member is not null && name == "System.Object" && ForbiddenOfObject.Contains(member))
            return $"{name}.{member}";
        return Types.Contains(name) || IsDelegate(name) || Namespaces.Contains(Outermost(type).Namespace) ? null : name;
    }

    /// <summary>Whether the content can change although the field cannot.</summary>
    public static bool IsMutable(TypeReference type) =>
        type.IsArray || Mutable.Contains(type.GetElementType().FullName);

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    private static bool IsDelegate(string name) =>
        name.StartsWith("System.Func`", StringComparison.Ordinal) || name.StartsWith("System.Action`", StringComparison.Ordinal)
        || name is "System.Action" || name.StartsWith("System.Predicate`", StringComparison.Ordinal)
        || name.StartsWith("System.ValueTuple`", StringComparison.Ordinal);
}
