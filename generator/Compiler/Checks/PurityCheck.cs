using System.Collections.Immutable;
using Mono.Cecil;
using Mono.Cecil.Cil;
using VmRecovery.Diagnostics;
using VmRecovery.Compiler.Loading;

namespace VmRecovery.Compiler.Checks;

/// <summary>
/// Looks through the compiled policy, without loading it, for anything that could see or change the world: only an
/// allowlist of types may be named, and nothing may be kept between two questions.
/// </summary>
internal static class PurityCheck
{
    /// <summary>What makes the policy impure, in the order of files and lines.</summary>
    public static ImmutableArray<Diagnostic> Run(PolicyCompilation policy, PolicyImage image)
    {
        using var assembly = new MemoryStream(image.Assembly);
        using var symbols = new MemoryStream(image.Symbols);
        using var module = ModuleDefinition.ReadModule(assembly, new ReaderParameters
        {
            ReadSymbols = true,
            SymbolStream = symbols,
            SymbolReaderProvider = new PortablePdbReaderProvider(),
        });
        var locations = new AssemblyLocations(policy);
        var found = new List<Diagnostic>();
        foreach (var type in module.GetTypes())
        {
            CheckType(type, locations, found);
            foreach (var method in type.Methods)
                CheckMethod(method, locations, found);
        }
        return
        [
            .. found.Distinct()
                .OrderBy(d => d.Location.Path, StringComparer.Ordinal).ThenBy(d => d.Location.Line).ThenBy(d => d.Location.Column),
        ];
    }

    private static void CheckType(TypeDefinition type, AssemblyLocations locations, List<Diagnostic> found)
    {
        Refuse(type.BaseType, () => locations.Of(type), found);
        foreach (var field in type.Fields)
        {
            Refuse(field.FieldType, () => locations.Of(field), found);
            if (field.IsStatic && !field.IsLiteral && !AssemblyLocations.IsGenerated(field) && (!field.IsInitOnly || PureTypes.IsMutable(field.FieldType)))
                found.Add(new Diagnostic(
                    PolicyDiagnostics.State, locations.Of(field),
                    $"'{field.Name}' could change between two questions; a static field is readonly and of an immutable type"));
        }
    }

    private static void CheckMethod(MethodDefinition method, AssemblyLocations locations, List<Diagnostic> found)
    {
        if (method.IsPInvokeImpl || method.HasBody && method.Body.Variables.Any(v => v.VariableType.IsPointer))
            found.Add(new Diagnostic(PolicyDiagnostics.Native, locations.Of(method), $"'{method.Name}' leaves managed code; a policy only computes"));
        foreach (var parameter in method.Parameters)
            Refuse(parameter.ParameterType, () => locations.Of(method), found);
        Refuse(method.ReturnType, () => locations.Of(method), found);
        if (!method.HasBody)
            return;
        SequencePoint? point = null;
        foreach (var instruction in method.Body.Instructions)
        {
            if (method.DebugInformation.GetSequencePoint(instruction) is { IsHidden: false } next)
                point = next;
            if (instruction.Operand is MemberReference member && Offender(member) is { } offender)
                found.Add(Diagnose(offender, locations.Of(method, point, Simple(member))));
        }
    }

    private static void Refuse(TypeReference? type, Func<Location> location, List<Diagnostic> found)
    {
        if (type is not null && Offender(type) is { } offender)
            found.Add(Diagnose(offender, location()));
    }

    private static Diagnostic Diagnose(string offender, Location location) => new(
        PolicyDiagnostics.Forbidden, location,
        $"'{offender}' is not allowed in a policy: it decides by its arguments alone, without I/O, clock, randomness, threads or reflection");

    private static string? Offender(MemberReference member) => member switch
    {
        TypeReference type => PureTypes.Forbidden(type),
        MethodReference { DeclaringType: var type } method => PureTypes.Forbidden(type, method.Name),
        FieldReference { DeclaringType: var type } => PureTypes.Forbidden(type),
        _ => null,
    };

    /// <summary>The name as it stands in the source.</summary>
    private static string Simple(MemberReference member)
    {
        var name = member is MethodReference { Name: ".ctor" } ? member.DeclaringType.Name : member.Name;
        return name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal) ? name[4..] : name;
    }
}
