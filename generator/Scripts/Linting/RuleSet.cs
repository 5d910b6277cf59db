using System.Collections.Frozen;
using System.Collections.Immutable;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting;

/// <summary>The rules of the linter.</summary>
internal static class RuleSet
{
    /// <summary>All rules in the order of their ids.</summary>
    public static readonly ImmutableArray<LintRule> All =
    [

    ];

    /// <summary>The descriptors of all rules and of the linter's own findings, in the order of their ids.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> Descriptors =
        [.. All.Select(r => r.Descriptor).Concat(MetaRules.All).OrderBy(d => d.Id, StringComparer.Ordinal)];

    private static readonly FrozenDictionary<string, DiagnosticDescriptor> ById =
        Descriptors.ToFrozenDictionary(d => d.Id, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, int> ShellCheckCodes = All
        .Where(r => r.ShellCheckCode is not null)
        .ToFrozenDictionary(r => r.Descriptor.Id, r => r.ShellCheckCode!.Value, StringComparer.Ordinal);

    /// <summary>The ShellCheck code that says the same as a rule; null when there is none.</summary>
    public static int? ShellCheckCodeOf(string id) => ShellCheckCodes.TryGetValue(id, out var code) ? code : null;

    /// <summary>Finds a descriptor; null when there is none with this id.</summary>
    public static DiagnosticDescriptor? Find(string id) => ById.GetValueOrDefault(id);

    /// <summary>Whether an id names a rule of ours or has the form of a ShellCheck code.</summary>
    public static bool IsKnown(string id) => ById.ContainsKey(id) || IsShellCheckCode(id);

    /// <summary>Whether an id has the form of a ShellCheck code.</summary>
    public static bool IsShellCheckCode(string id) =>
        id.Length == 6 && id.StartsWith("SC", StringComparison.Ordinal) && id.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0;
}
