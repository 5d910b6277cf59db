namespace VmRecovery.Tests.Simulated;

/// <summary>A theory over ProxmoxVE's own scripts; skipped where there is no checkout.</summary>
internal sealed class UpstreamTheoryAttribute : TheoryAttribute
{
    public UpstreamTheoryAttribute()
    {
        if (Checkout is null)
            Skip = "VMRECOVERY_UPSTREAM is not set to a ProxmoxVE checkout";
    }

    /// <summary>The checkout's folder; null when there is none.</summary>
    public static string? Checkout => Environment.GetEnvironmentVariable("VMRECOVERY_UPSTREAM") is { Length: > 0 } path ? path : null;
}
