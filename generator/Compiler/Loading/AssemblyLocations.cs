using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Location = VmRecovery.Diagnostics.Location;

namespace VmRecovery.Compiler.Loading;

/// <summary>Finds the C# behind members and instructions of the compiled policy.</summary>
internal sealed class AssemblyLocations(PolicyCompilation policy)
{
    private readonly Dictionary<string, SyntaxTree> trees =
        policy.Roslyn.SyntaxTrees.ToDictionary(t => t.FilePath, StringComparer.Ordinal);

    /// <summary>Whether the compiler made it: a cache of a lambda, the field behind a property.</summary>
    public static bool IsGenerated(FieldDefinition field) =>
        field.Name.StartsWith('<') || field.DeclaringType.Name.StartsWith('<');

    /// <summary>The location of a type.</summary>
    public Location Of(TypeDefinition type) => Symbol(type) is { } symbol ? SourceLocations.Of(symbol) : Location.OfFile("policy");

    /// <summary>The location of a field, or of the property that it belongs to.</summary>
    public Location Of(FieldDefinition field)
    {
        var name = field.Name.StartsWith('<') && field.Name.IndexOf('>', StringComparison.Ordinal) is > 1 and var end
            ? field.Name[1..end]
            : field.Name;
        return Member(field.DeclaringType, name);
    }

    /// <summary>The location of a method.</summary>
    public Location Of(MethodDefinition method)
    {
        var name = method.Name;
        if (name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal))
            name = name[4..];
        return Member(method.DeclaringType, name);
    }

    /// <summary>The location of a name within the statement that an instruction belongs to.</summary>
    public Location Of(MethodDefinition method, SequencePoint? point, string name)
    {
        if (point is null || !trees.TryGetValue(point.Document.Url, out var tree))
            return Of(method);
        var lines = tree.GetText().Lines;
        var start = lines[point.StartLine - 1].Start + point.StartColumn - 1;
        var end = lines[point.EndLine - 1].Start + point.EndColumn - 1;
        var span = TextSpan.FromBounds(start, Math.Max(start, end));
        var token = tree.GetRoot().DescendantTokens(span).FirstOrDefault(t => t.ValueText == name && span.Contains(t.Span));
        return SourceLocations.Of(tree, token.RawKind == 0 ? span : token.Span);
    }

    private Location Member(TypeDefinition type, string name) =>
        Symbol(type) is { } symbol ? SourceLocations.Of(symbol.GetMembers(name).FirstOrDefault() ?? symbol) : Location.OfFile("policy");

    private INamedTypeSymbol? Symbol(TypeDefinition type)
    {
        // Types of the compiler's own belong to the one around them.
        while (type.Name.StartsWith('<') && type.DeclaringType is { } outer)
            type = outer;
        return policy.Roslyn.Assembly.GetTypeByMetadataName(type.FullName.Replace('/', '+'));
    }
}
