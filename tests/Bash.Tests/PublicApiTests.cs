using System.Reflection;
using VmRecovery.Bash.Syntax;

namespace VmRecovery.Bash.Tests;

/// <summary>The public surface of the library is an approved file: a change of it is seen in review.</summary>
public sealed class PublicApiTests
{
    private static string Approved => Path.Combine(Corpus.Root, "tests/Bash.Tests/public-api.txt");

    [Fact]
    public void The_public_surface_is_the_approved_one() => Assert.Equal(File.ReadAllLines(Approved), Surface());

    /// <summary>Approves the surface as it is.</summary>
    [Fact(Explicit = true)]
    public void Accept_the_public_surface() => File.WriteAllLines(Approved, Surface());

    private static IEnumerable<string> Surface() => typeof(BashSyntaxTree).Assembly.GetExportedTypes()
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .SelectMany(type => Members(type).Prepend($"{type.FullName} : {type.BaseType?.Name}"));

    private static IEnumerable<string> Members(Type type) => type
        .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(member => member is not MethodInfo { IsSpecialName: true } && !IsGenerated(type, member))
        .Select(member => member is FieldInfo { IsLiteral: true } ? $"  {member.Name}" : $"  {member}")
        .Order(StringComparer.Ordinal);

    // Equality and printing of records.
    private static bool IsGenerated(Type type, MemberInfo member) => type.GetMethod("<Clone>$") is not null || type.IsValueType
        ? member.Name is "Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "<Clone>$" || member.Name.StartsWith("op_", StringComparison.Ordinal)
        : member.Name is "value__";
}
