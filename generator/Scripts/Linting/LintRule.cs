using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting;

/// <summary>A lint rule: its description, and the facts and nodes that it wants to see.</summary>
/// <remarks>A rule keeps no state: one object serves all scripts, in parallel.</remarks>
internal abstract class LintRule
{
    /// <summary>The description.</summary>
    public abstract DiagnosticDescriptor Descriptor { get; }

    /// <summary>The scripts that the rule looks at.</summary>
    public virtual RuleScope Scope => RuleScope.General;

    /// <summary>The safety of its fixes; null when it has none.</summary>
    public virtual FixSafety? FixSafety => null;

    /// <summary>The ShellCheck code that says the same; null when there is none.</summary>
    public virtual int? ShellCheckCode => null;

    /// <summary>
    /// Whether patching a script answers the finding: recovery does at run time what the rule asks for.
    /// </summary>
    public virtual bool IsAnsweredByRecovery => false;

    /// <summary>Asks for facts and nodes.</summary>
    public abstract void Register(RuleHooks hooks);
}
