using System.Collections.Frozen;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting;

/// <summary>The settings of the linter for one file.</summary>
internal sealed record LintSettings
{
    /// <summary>The settings without a configuration file.</summary>
    public static readonly LintSettings Default = new();

    /// <summary>Levels that differ from the rules' own, by rule id.</summary>
    public FrozenDictionary<string, RuleLevel> Levels { get; init; } = FrozenDictionary<string, RuleLevel>.Empty;

    /// <summary>Rules that are off for the file.</summary>
    public FrozenSet<string> Ignored { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Whether every suppression needs a reason.</summary>
    public bool RequireReasons { get; init; }

    /// <summary>Whether a rule is on.</summary>
    public bool IsOn(string id) =>
        !Ignored.Contains(id) && (!Levels.TryGetValue(id, out var level) || level.Severity is not null);

    /// <summary>
    /// Returns a finding with the severity that the configuration gives its rule; null when the rule is off.
    /// </summary>
    public Diagnostic? Apply(Diagnostic diagnostic)
    {
        if (!IsOn(diagnostic.Id))
            return null;
        return Levels.TryGetValue(diagnostic.Id, out var level)
            ? diagnostic with
            {
                Severity = level.Severity!.Value,
            }
            : diagnostic;
    }
}
