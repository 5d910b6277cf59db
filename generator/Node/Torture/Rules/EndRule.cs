using VmRecovery.Diagnostics;

namespace VmRecovery.Node.Torture.Rules;

/// <summary>One demand on the end of a trial.</summary>
internal abstract class EndRule(string id, string name, string summary, string help)
{
    /// <summary>The kind of finding.</summary>
    public DiagnosticDescriptor Descriptor { get; } = new()
    {
        Id = id,
        Name = name,
        Category = "torture",
        Summary = summary,
        Help = help,
    };

    /// <summary>Whether the rule holds, too, when the planned fault never struck.</summary>
    public virtual bool HoldsWithoutFault => false;

    /// <summary>Finds what is wrong, as sentences without a stop.</summary>
    public abstract IEnumerable<string> Violations(Trial trial);
}
