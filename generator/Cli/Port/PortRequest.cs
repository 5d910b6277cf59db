namespace VmRecovery.Cli.Port;

/// <summary>What <c>port</c> does with what it finds out.</summary>
internal enum PortMode
{
    /// <summary>Shows a diff.</summary>
    Show,

    /// <summary>Writes the scripts.</summary>
    Write,

    /// <summary>Shows a diff; a script that would change is a finding.</summary>
    Check,

    /// <summary>Takes the patch out again and writes.</summary>
    Revert,
}

/// <summary>One invocation of <c>port</c>.</summary>
internal sealed record PortRequest
{
    /// <summary>Files and folders, as given.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>What to do.</summary>
    public PortMode Mode { get; init; }

    /// <summary>Writes there instead of in place; null for in place.</summary>
    public string? OutputFolder { get; init; }

    /// <summary>Carry the library along instead of loading it.</summary>
    public bool Inline { get; init; }

    /// <summary>Write although git has uncommitted changes.</summary>
    public bool AllowDirty { get; init; }

    /// <summary>Report as JSON instead of text.</summary>
    public bool Json { get; init; }
}
