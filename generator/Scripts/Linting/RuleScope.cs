namespace VmRecovery.Scripts.Linting;

/// <summary>The scripts that a rule looks at.</summary>
internal enum RuleScope
{
    /// <summary>Any bash script.</summary>
    General,

    /// <summary>
    /// Scripts that create, change or remove VMs: those with a <c>qm</c>, <c>pvesm</c> or <c>pvesh</c> call.
    /// </summary>
    Vm,
}
