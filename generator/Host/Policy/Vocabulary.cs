using System.Reflection;
using VmRecovery.Model;

namespace VmRecovery.Host.Policy;

/// <summary>Ids and words that the policy's enums carry.</summary>
internal static class Vocabulary
{
    /// <summary>The id scripts use, such as <c>storage-full</c>.</summary>
    public static string Id<T>(T value) where T : struct, Enum => Attribute(value).Id;

    /// <summary>The words a user reads.</summary>
    public static string Words<T>(T value) where T : struct, Enum => Attribute(value).Words;

    private static IdAttribute Attribute<T>(T value) where T : struct, Enum =>
        typeof(T).GetField(value.ToString())!.GetCustomAttribute<IdAttribute>()!;
}
