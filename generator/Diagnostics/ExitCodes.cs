namespace VmRecovery.Diagnostics;

/// <summary>Exit codes of every command (contract, section 3).</summary>
public static class ExitCodes
{
    /// <summary>Nothing to report.</summary>
    public const int Clean = 0;

    /// <summary>Findings, drift or an unhandled fault.</summary>
    public const int Findings = 1;

    /// <summary>Bad usage or unreadable input.</summary>
    public const int BadInput = 2;

    /// <summary>A required external tool is missing or too old.</summary>
    public const int MissingTool = 3;
}
