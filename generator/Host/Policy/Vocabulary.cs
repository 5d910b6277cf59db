using System.Collections.Concurrent;
using System.Reflection;
using VmRecovery.Model;
using VmRecovery.Model.Causes;

namespace VmRecovery.Host.Policy;

/// <summary>Ids and words that the policy's enums carry.</summary>
internal static class Vocabulary
{
    /// <summary>The id scripts use, such as <c>storage-full</c>.</summary>
    public static string Id<T>(T value) where T : struct, Enum => Attribute<T, IdAttribute>(value).Id;

    /// <summary>The words a user reads.</summary>
    public static string Words<T>(T value) where T : struct, Enum => Attribute<T, IdAttribute>(value).Words;

    /// <summary>What a user can do about a class.</summary>
    public static string Advice(ErrorClass @class) => Attribute<ErrorClass, AdviceAttribute>(@class).Words;

    /// <summary>The class with its causes.</summary>
    public static Detector Entry(ErrorClass @class) => Classifier.Detectors.First(entry => entry.Class == @class);

    /// <summary>Why a failure of that class happened.</summary>
    public static Reason ReasonFor(Failure failure, ErrorClass @class) =>
        Reason.Of(failure, Entry(@class).Causes, Words(@class), Advice(@class));

    private static TAttribute Attribute<T, TAttribute>(T value) where T : struct, Enum where TAttribute : Attribute =>
        Known<T, TAttribute>.Attributes.GetOrAdd(value, v => typeof(T).GetField(v.ToString())!.GetCustomAttribute<TAttribute>()!);

    /// <summary>Attributes that were read already: reading one takes longer than a decision.</summary>
    private static class Known<T, TAttribute> where T : struct, Enum where TAttribute : Attribute
    {
        public static readonly ConcurrentDictionary<T, TAttribute> Attributes = new();
    }
}
