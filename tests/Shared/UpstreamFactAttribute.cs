using System.Runtime.CompilerServices;

namespace VmRecovery.Tests;

/// <summary>A fact about ProxmoxVE's own files; skipped where there is no checkout.</summary>
internal sealed class UpstreamFactAttribute : FactAttribute
{
    public UpstreamFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (UpstreamTheoryAttribute.Checkout is null)
            Skip = UpstreamTheoryAttribute.Reason;
    }
}
