using VmRecovery.Engine.Native;

namespace VmRecovery.Engine.Effects;

/// <summary>The environment of this process, byte for byte: .NET's own view changes what is no UTF-8.</summary>
internal static class ProcessEnvironment
{
    private static readonly Lazy<IReadOnlyList<string>> Read = new(() => ByteText.SplitNul(File.ReadAllBytes("/proc/self/environ")));

    /// <summary>Its lines, <c>NAME=value</c>.</summary>
    public static IReadOnlyList<string> Own => Read.Value;

    /// <summary>A variable; null when it is not set.</summary>
    public static string? Get(string name) =>
        Own.FirstOrDefault(l => l.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    /// <summary>The same lines with some variables set otherwise.</summary>
    public static IReadOnlyList<string> With(params (string Name, string Value)[] variables) =>
    [
        .. Own.Where(l => variables.All(v => !l.StartsWith(v.Name + "=", StringComparison.Ordinal))),
        .. variables.Select(v => $"{v.Name}={v.Value}"),
    ];

    /// <summary>The last words of this process's command line, byte for byte.</summary>
    public static IReadOnlyList<string> LastWords(int count) => ByteText.SplitNul(File.ReadAllBytes("/proc/self/cmdline"))[^count..];
}
