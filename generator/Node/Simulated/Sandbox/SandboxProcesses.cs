using System.Globalization;
using System.Runtime.InteropServices;
using VmRecovery.Node.Simulated.Faults;

namespace VmRecovery.Node.Simulated.Sandbox;

/// <summary>The processes of a sandbox, seen and signalled from outside.</summary>
/// <param name="limitId">Process id of the timeout above the unshare that made the sandbox.</param>
/// <param name="inTerminal">True when the script runs one level deeper, below the program that makes its terminal.</param>
internal sealed partial class SandboxProcesses(int limitId, bool inTerminal)
{
    private int sandbox;

    /// <summary>The first process inside; 0 while there is none.</summary>
    private int Sandbox => sandbox > 0 ? sandbox : sandbox = First(First(limitId));

    /// <summary>Where the sandbox's root directory can be reached.</summary>
    public string Root => FormattableString.Invariant($"/proc/{Sandbox}/root");

    /// <summary>Signals the script: its whole group, or its own process.</summary>
    public void Send(Signal signal, bool wholeGroup)
    {
        var script = First(Sandbox);
        if (inTerminal && script > 0)
            script = First(script);
        if (script > 1)
            _ = Kill(wholeGroup ? -script : script, (int)signal);
    }

    /// <summary>Kills every process of the sandbox that runs a program of that name.</summary>
    public void KillAll(string program)
    {
        foreach (var process in Below(limitId).Where(p => Read(p, "comm").TrimEnd() == program).ToList())
            _ = Kill(process, (int)Signal.Kill);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);

    private static int First(int process) => Children(process).FirstOrDefault();

    private static IEnumerable<int> Below(int process) => Children(process).SelectMany(c => Below(c).Prepend(c));

    private static int[] Children(int process) =>
        [.. Read(process, FormattableString.Invariant($"task/{process}/children"))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => int.Parse(c, CultureInfo.InvariantCulture))];

    // Empty for a process that is gone.
    private static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText(FormattableString.Invariant($"/proc/{process}/{file}"));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
