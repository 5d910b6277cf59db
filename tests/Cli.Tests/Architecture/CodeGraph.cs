using Mono.Cecil;
using Mono.Cecil.Cil;

namespace VmRecovery.Tests.Architecture;

/// <summary>The references between our assemblies and namespaces, read from the compiled code.</summary>
internal sealed class CodeGraph
{
    private readonly SortedDictionary<string, SortedSet<string>> assemblies = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedSet<string>> namespaces = new(StringComparer.Ordinal);
    private readonly List<(string Assembly, string Member, string Used)> uses = [];

    private CodeGraph()
    {
    }

    /// <summary>Assemblies of the tool and those of ours that each refers to.</summary>
    public IReadOnlyDictionary<string, SortedSet<string>> Assemblies => assemblies;

    /// <summary>
    /// Namespaces of the tool and those of ours that each refers to. The parts of a room know the room around them:
    /// an arrow to an outer namespace is not one.
    /// </summary>
    public IReadOnlyDictionary<string, SortedSet<string>> Namespaces => namespaces;

    /// <summary>Every use of a type that is not ours, with the assembly and the member it stands in.</summary>
    public IReadOnlyList<(string Assembly, string Member, string Used)> Uses => uses;

    /// <summary>Reads all assemblies of the tool in a folder.</summary>
    public static CodeGraph Read(string folder)
    {
        var graph = new CodeGraph();
        foreach (var file in Directory.EnumerateFiles(folder, "*.dll").Where(IsOurs).Order(StringComparer.Ordinal))
        {
            using var module = ModuleDefinition.ReadModule(file);
            graph.assemblies[module.Assembly.Name.Name] = new SortedSet<string>(
                module.AssemblyReferences.Select(r => r.Name).Where(IsOurName), StringComparer.Ordinal);
            foreach (var type in module.GetTypes())
                graph.Add(module.Assembly.Name.Name, type);
        }
        return graph;
    }

    /// <summary>Returns the nodes of a cycle in order, the first one again at the end; empty when there is none.</summary>
    public static IReadOnlyList<string> CycleIn(IReadOnlyDictionary<string, SortedSet<string>> arrows)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        foreach (var start in arrows.Keys)
            if (Visit(start) is { Count: > 0 } cycle)
                return cycle;
        return [];

        List<string>? Visit(string node)
        {
            if (path.IndexOf(node) is >= 0 and var first)
                return [.. path.Skip(first), node];
            if (!done.Add(node))
                return null;
            path.Add(node);
            foreach (var next in arrows.GetValueOrDefault(node) ?? [])
                if (Visit(next) is { } cycle)
                    return cycle;
            path.RemoveAt(path.Count - 1);
            return null;
        }
    }

    private static bool IsOurs(string file) => IsOurName(Path.GetFileNameWithoutExtension(file));

    private static bool IsOurName(string name) =>
        name == "vmrecovery" || name.StartsWith("VmRecovery.", StringComparison.Ordinal) && !name.EndsWith(".Tests", StringComparison.Ordinal);

    private void Add(string assembly, TypeDefinition type)
    {
        var home = NamespaceOf(type);
        if (home.Length == 0)
            return;
        var targets = namespaces.TryGetValue(home, out var known) ? known : namespaces[home] = new(StringComparer.Ordinal);
        foreach (var (member, used) in References(type))
        {
            var target = NamespaceOf(used);
            if (!target.StartsWith("VmRecovery", StringComparison.Ordinal))
                uses.Add((assembly, member, used.GetElementType().FullName));
            else if (target != home && !home.StartsWith(target + ".", StringComparison.Ordinal))
                targets.Add(target);
        }
    }

    private static string NamespaceOf(TypeReference type)
    {
        var outer = type.GetElementType();
        while (outer.DeclaringType is { } declaring)
            outer = declaring;
        return outer.Namespace;
    }

    private static List<(string Member, TypeReference Used)> References(TypeDefinition type)
    {
        var found = new List<(string, TypeReference)>();
        void Note(string member, TypeReference? used)
        {
            switch (used)
            {
                case null or GenericParameter:
                    return;
                case GenericInstanceType generic:
                    foreach (var argument in generic.GenericArguments)
                        Note(member, argument);
                    break;
                case TypeSpecification specification:
                    Note(member, specification.ElementType);
                    return;
            }
            found.Add((member, used));
        }
        Note(type.FullName, type.BaseType);
        foreach (var implemented in type.Interfaces)
            Note(type.FullName, implemented.InterfaceType);
        foreach (var field in type.Fields)
            Note(field.FullName, field.FieldType);
        foreach (var method in type.Methods)
        {
            Note(method.FullName, method.ReturnType);
            foreach (var parameter in method.Parameters)
                Note(method.FullName, parameter.ParameterType);
            foreach (var instruction in method.HasBody ? method.Body.Instructions : Enumerable.Empty<Instruction>())
                switch (instruction.Operand)
                {
                    case TypeReference used:
                        Note(method.FullName, used);
                        break;
                    case MethodReference called:
                        Note(method.FullName, called.DeclaringType);
                        Note(method.FullName, called.ReturnType);
                        break;
                    case FieldReference field:
                        Note(method.FullName, field.DeclaringType);
                        break;
                }
        }
        return found;
    }
}
