using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting;

/// <summary>What a configuration says about one rule: off, or reported with a severity.</summary>
/// <param name="Severity">The severity; null when the rule is off.</param>
internal readonly record struct RuleLevel(Severity? Severity)
{
    /// <summary>The level of a rule that is switched off.</summary>
    public static readonly RuleLevel Off = new(null);

    /// <summary>The names that a configuration may use.</summary>
    public const string LegalNames = "error, warning, note, off";

    /// <summary>Reads a name; null when it is none of <see cref="LegalNames"/>.</summary>
    public static RuleLevel? Parse(string name) =>
        name switch
        {
            "error" => new RuleLevel(Diagnostics.Severity.Error),
            "warning" => new RuleLevel(Diagnostics.Severity.Warning),
            "note" => new RuleLevel(Diagnostics.Severity.Note),
            "off" => Off,
            _ => null,
        };
}
