using System.Globalization;

namespace VmRecovery.Engine.Native;

/// <summary>Processes as /proc shows them.</summary>
internal static class ProcessTable
{
    private static readonly TimeSpan TimeToUndo = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <summary>What the kernel says of a process, from its state on (proc(5)); empty without one.</summary>
    public static string[] Fields(string process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            // The name in parentheses may hold anything: count from behind it.
            return stat[(stat.LastIndexOf(") ", StringComparison.Ordinal) + 2)..].TrimEnd('\n').Split(' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>When a process started, in ticks since boot; tells it from a later one with its id. Empty without one.</summary>
    public static string StartOf(string process) => Fields(process) is { Length: > 19 } fields ? fields[19] : "";

    /// <summary>Whether a process runs and is the one that started then.</summary>
    public static bool Is(string process, string start) =>
        process.Length > 0 && process.All(char.IsAsciiDigit) && start.Length > 0 && StartOf(process) == start;

    /// <summary>Whether a process runs; one that nobody has waited for yet does not.</summary>
    public static bool IsRunning(int process) =>
        Fields(process.ToString(CultureInfo.InvariantCulture)) is { Length: > 0 } fields && fields[0] is not ("Z" or "X");

    /// <summary>Whether this process group has the terminal, so that a question can be asked there.</summary>
    public static bool HasTerminal()
    {
        var terminal = Libc.Open("/dev/tty", Libc.OpenReadWrite | Libc.OpenCloseOnExec, 0);
        if (terminal < 0)
            return false;
        Libc.Close(terminal);
        return Fields("self") is { Length: > 5 } fields && fields[2] == fields[5];
    }

    /// <summary>Ends a process and everything below it: asks first, then insists. Proxmox's commands need a while to undo.</summary>
    public static void EndTree(int process)
    {
        var tree = new List<int>();
        StopTree(process, tree);
        foreach (var id in tree)
            Libc.Kill(id, Signals.Terminate);
        foreach (var id in tree)
            Libc.Kill(id, Signals.Continue);
        for (var waited = TimeSpan.Zero; waited < TimeToUndo && tree.Any(IsRunning); waited += Step)
            Pause(Step);
        foreach (var id in tree.Where(IsRunning))
            Libc.Kill(id, Signals.Kill);
    }

    /// <summary>
    /// Ends what a command left at work that was killed alone. qemu-img would go on with its copy, and until its end the
    /// volume can't be removed.
    /// </summary>
    public static void EndOrphans()
    {
        var group = Fields("self") is { Length: > 2 } own ? own[2] : "";
        foreach (var process in Numbers())
        {
            var fields = Fields(process);
            if (fields.Length > 2 && fields[2] == group && ProgramOf(process).EndsWith("/qemu-img", StringComparison.Ordinal)
                && (Fields(fields[1]) is not { Length: > 2 } parent || parent[2] != group))
                EndTree(int.Parse(process, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Whether a task that makes or restores a VM runs. Its process is called after it: <c>UPID:…:qmcreate:100:…</c></summary>
    public static bool HasWorker(string vmid) =>
        Numbers().Select(ProgramOf).Any(title =>
            title.StartsWith("task UPID:", StringComparison.Ordinal)
            && title.IndexOf(":qm", StringComparison.Ordinal) is > 0 and var at
            && title.IndexOf($":{vmid}:", at, StringComparison.Ordinal) > 0);

    /// <summary>Waits for a moment: there is no event to wait for where a process is not a child.</summary>
    public static void Pause(TimeSpan time) => new ManualResetEventSlim().Wait(time);

    private static IEnumerable<string> Numbers() =>
        Directory.EnumerateDirectories("/proc").Select(d => d[6..]).Where(n => char.IsAsciiDigit(n[0]));

    private static string ProgramOf(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Split('\0')[0];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static void StopTree(int process, List<int> tree)
    {
        if (Libc.Kill(process, Signals.Stop) != 0)
            return;
        tree.Add(process);
        try
        {
            foreach (var thread in Directory.GetDirectories(FormattableString.Invariant($"/proc/{process}/task")))
                foreach (var child in File.ReadAllText(thread + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    StopTree(int.Parse(child, CultureInfo.InvariantCulture), tree);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile.
        }
    }
}
