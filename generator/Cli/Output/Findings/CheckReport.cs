using System.Collections.Immutable;
using VmRecovery.Diagnostics;

namespace VmRecovery.Cli.Output.Findings;

/// <summary>The result of <c>check</c>, ready to print.</summary>
internal sealed record CheckReport
{
    /// <summary>The findings in the order of files and text.</summary>
    public required ImmutableArray<CheckFinding> Findings { get; init; }

    /// <summary>
    /// Remarks on the run itself: ShellCheck was missing or cut short, files were left out, the baseline has gone
    /// findings.
    /// </summary>
    public required ImmutableArray<string> Notices { get; init; }

    /// <summary>Number of files that were checked.</summary>
    public required int FileCount { get; init; }

    /// <summary>Number of findings that the baseline knows.</summary>
    public int KnownCount { get; init; }

    /// <summary>Number of findings that were fixed, or would be.</summary>
    public int FixedCount { get; init; }

    /// <summary>Whether the fixes were only shown.</summary>
    public bool FixesWereShown { get; init; }

    /// <summary>The time from start to end.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Whether colours may be used.</summary>
    public bool Colours { get; init; }
}

/// <summary>A finding with the identity that outlives other changes of its file.</summary>
internal sealed record CheckFinding(Diagnostic Diagnostic, string Fingerprint);
