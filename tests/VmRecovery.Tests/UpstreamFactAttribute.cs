namespace VmRecovery.Tests;

/// <summary>A fact about ProxmoxVE's own files; skipped where there is no checkout.</summary>
internal sealed class UpstreamFactAttribute : FactAttribute
{
    public UpstreamFactAttribute()
    {
        if (Simulated.UpstreamTheoryAttribute.Checkout is null)
            Skip = "VMRECOVERY_UPSTREAM is not set to a ProxmoxVE checkout";
    }
}
