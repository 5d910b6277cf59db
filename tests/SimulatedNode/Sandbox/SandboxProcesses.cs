using System.Globalization;
using System.Runtime.InteropServices;
using VmRecovery.SimulatedNode.Faults;

namespace VmRecovery.SimulatedNode.Sandbox;

/// <summary>The processes of a sandbox, seen and signalled from outside.</summary>
/// <param name="unshareId">Process id of the unshare that made the sandbox.</param>
/// <param name="inTerminal">True when the script runs one level deeper, below the program that makes its terminal.</param>
internal sealed partial class SandboxProcesses(int unshareId, bool inTerminal)
{
    /// <summary>Where the sandbox's root directory can be reached.</summary>
    public string Root => FormattableString.Invariant($"/proc/{First(unshareId)}/root");

    /// <summary>Signals the script: its whole group, or its own process.</summary>
    public void Send(Signal signal, bool wholeGroup)
    {
        var script = First(First(unshareId));
        if (inTerminal && script > 0)
            script = First(script);
        if (script > 1)
            _ = Kill(wholeGroup ? -script : script, (int)signal);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);

    private static int First(int process)
    {
        try
        {
            var children = File.ReadAllText(FormattableString.Invariant($"/proc/{process}/task/{process}/children"));
            return int.TryParse(children.Split(' ')[0], CultureInfo.InvariantCulture, out var child) ? child : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
