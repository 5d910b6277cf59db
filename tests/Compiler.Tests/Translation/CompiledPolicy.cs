using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using VmRecovery.Compiler.Loading;

namespace VmRecovery.Tests.Translation;

/// <summary>A compiled policy that is loaded, and its records.</summary>
internal sealed class CompiledPolicy
{
    private static int loaded;

    private readonly Type[] types;

    public CompiledPolicy(PolicyCompilation policy)
    {
        // LogText goes through Regex's cache, whose default holds a third of the patterns of the policy.
        System.Text.RegularExpressions.Regex.CacheSize = 1024;
        // Proxies find interfaces by the name of their assembly: each has one of its own.
        var image = new MemoryStream();
        Assert.True(policy.Roslyn.WithAssemblyName($"Policy{Interlocked.Increment(ref loaded)}").Emit(image).Success);
        image.Position = 0;
        types = new AssemblyLoadContext("both worlds").LoadFromStream(image).GetTypes();
        ClassIds = [.. Enum.GetValues(Type("ErrorClass")).Cast<object>().Select(InBash)];
    }

    /// <summary>The ids of the error classes, in their order.</summary>
    public IReadOnlyList<string> ClassIds { get; }

    /// <summary>How many error classes there are.</summary>
    public int Classes => ClassIds.Count;

    /// <summary>The type of that name.</summary>
    public Type Type(string name) => types.Single(t => t.Name == name);

    /// <summary>The method <c>Type.Name</c>.</summary>
    public MethodInfo Method(string type, string name) =>
        Type(type).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Single(m => m.Name == name);

    /// <summary>The case's failure.</summary>
    public object Failure(PolicyCase @case) =>
        Activator.CreateInstance(Type("Failure"), @case.Command, @case.ExitCode, Activator.CreateInstance(Type("LogText"), @case.Log, null))!;

    /// <summary>The case's situation.</summary>
    public object Situation(PolicyCase @case) => Activator.CreateInstance(
        Type("Situation"), Failure(@case), Enum.ToObject(Type("ErrorClass"), @case.Class), @case.RetriesUsed, @case.MaxRetries, @case.KeysSent, @case.FirstBoot)!;

    /// <summary>A value as bash has it.</summary>
    public static string InBash(object value) => value switch
    {
        bool answer => answer ? "1" : "0",
        string text => text,
        Enum member => Id(member.GetType().GetField(member.ToString())!),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Id(FieldInfo member) =>
        member.GetCustomAttributesData().FirstOrDefault(a => a.AttributeType.Name == "IdAttribute")?.ConstructorArguments[0].Value as string ?? member.Name;
}
