using System.Runtime.InteropServices;
using VmRecovery.Node.Torture;

namespace VmRecovery.Cli.Torture;

/// <summary>The tool itself as the program that runs a script: <c>vmrecovery run --recovery LIST -- …</c>.</summary>
internal static class NativeEngine
{
    /// <summary>The words that stand before the script's own, and the folders that the tool and its runtime lie in.</summary>
    public static CommandPrefix Prefix()
    {
        var tool = AppContext.BaseDirectory.TrimEnd('/');
        // …/dotnet/shared/Microsoft.NETCore.App/10.0.0
        var runtime = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return new CommandPrefix(choices => Words(Path.Combine(runtime, "dotnet"), Path.Combine(tool, "vmrecovery.dll"), choices), [tool, runtime]);
    }

    private static IReadOnlyList<string> Words(string dotnet, string tool, string choices) =>
        choices.Length == 0 ? [dotnet, tool, "run", "--"] : [dotnet, tool, "run", "--recovery", choices, "--"];
}
