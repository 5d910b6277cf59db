using System.Runtime.CompilerServices;

namespace VmRecovery.Tests;

/// <summary>A theory over ProxmoxVE's own scripts; skipped where there is no checkout.</summary>
internal sealed class UpstreamTheoryAttribute : TheoryAttribute
{
    /// <summary>Reason shown for a skipped test.</summary>
    public const string Reason = "VMRECOVERY_UPSTREAM is not set to a ProxmoxVE checkout";

    public UpstreamTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (Checkout is null)
            Skip = Reason;
    }

    /// <summary>The checkout's folder; null when there is none.</summary>
    public static string? Checkout =>
        Environment.GetEnvironmentVariable("VMRECOVERY_UPSTREAM") is { Length: > 0 } path ? path : null;
}
