namespace VmRecovery.Diagnostics;

/// <summary>
/// The tool cannot do its job: bad usage, unreadable input, a missing program. Shown as one line; never a stack
/// trace. Findings about the user's input are <see cref="Diagnostic"/>s, not exceptions.
/// </summary>
internal sealed class ToolException(int exitCode, string message) : Exception(message)
{
    /// <summary>What the tool exits with; see <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>Bad usage or unreadable input.</summary>
    public static ToolException Input(string message) => new(ExitCodes.BadInput, message);

    /// <summary>A required external tool is missing or too old.</summary>
    public static ToolException MissingTool(string message) => new(ExitCodes.MissingTool, message);
}

/// <summary>Exit codes of every command (contract, section 3).</summary>
internal static class ExitCodes
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
