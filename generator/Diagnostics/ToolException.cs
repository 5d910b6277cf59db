namespace VmRecovery.Diagnostics;

/// <summary>
/// A failure that ends the tool: bad usage, unreadable input, a missing program. Shown as one line, never with a stack
/// trace. Findings about the user's input are <see cref="Diagnostic"/>s, not exceptions.
/// </summary>
public sealed class ToolException(int exitCode, string message) : Exception(message)
{
    /// <summary>Exit code of the tool; see <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>Creates the exception for bad usage or unreadable input.</summary>
    public static ToolException Input(string message) => new(ExitCodes.BadInput, message);

    /// <summary>Creates the exception for a required program that is missing or too old.</summary>
    public static ToolException MissingTool(string message) => new(ExitCodes.MissingTool, message);
}
