using System.Globalization;
using System.Text.RegularExpressions;
using VmRecovery.Host.Files;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.Sandbox;
using static VmRecovery.Benchmarks.Measurement;

namespace VmRecovery.Benchmarks;

/// <summary>What recovery costs when nothing fails, and how long a long log takes to classify.</summary>
internal static class RecoveryCost
{
    /// <summary>What a Proxmox command costs on a real node at least.</summary>
    private static readonly TimeSpan NodeCommand = TimeSpan.FromSeconds(0.4);

    /// <summary>A sample with recovery beside the same sample without it, on a node whose commands take their time.</summary>
    public static async Task HappyPathAsync(ProjectFolder project, string sample)
    {
        var idle = await MedianAsync(3, () => RunScriptAsync(project, "exit 0")).ConfigureAwait(false);
        var without = await MedianAsync(3, () => RunScriptAsync(project, Text(Path.Combine(project.Root, "samples/vm", sample + ".sh")))).ConfigureAwait(false) - idle;
        var with = await MedianAsync(3, () => RunScriptAsync(project, Text(Path.Combine(project.Out, "vm", sample + ".sh")))).ConfigureAwait(false) - idle;
        Print($"{sample} without recovery (the peer)", without, without, null);
        Print($"{sample} with recovery, nothing fails", with, without, 1.05);
    }

    /// <summary>The log of a run, 10 MB long, beside an empty one; then the same as a file that is no run's log.</summary>
    public static async Task ClassificationAsync(string library, string scratch)
    {
        var log = Path.Combine(scratch, "10MB.log");
        await RunAsync("bash", "-c", Writing, library, log, scratch).ConfigureAwait(false);
        if (!File.Exists(log) || new FileInfo(log).Length < 10_000_000)
            throw new InvalidOperationException("The log of 10 MB was not written.");
        var few = await ClassifyAsync("/dev/null", "/dev/null").ConfigureAwait(false);
        Print("vm_classify_error, empty log (the peer)", few, few, null);
        Report("vm_classify_error, the run's log, 10 MB", await ClassifyAsync(log, log).ConfigureAwait(false));
        Report("vm_classify_error, another file, 10 MB", await ClassifyAsync(log, "/dev/null").ConfigureAwait(false));

        void Report(string what, TimeSpan time)
        {
            Print(what, time, few, null);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    that is {(time - few).TotalMilliseconds:0.0} ms more; target 20 ms"));
        }

        Task<TimeSpan> ClassifyAsync(string file, string logOfRun) => MedianAsync(
            21,
            "bash",
            "-c",
            "source \"$0\" recovery && _VM_RUN=$2 _VM_LOG=$3 && vm_classify_error 28 \"$1\" 'curl -o image https://example.org/image'",
            library,
            file,
            scratch,
            logOfRun);
    }

    /// <summary>Writes the log as a run does.</summary>
    private const string Writing = """
        source "$0" recovery
        _VM_LOG=$1 _VM_RUN=$2
        printf -v text '%79s\n' 'transferred 1.0 MiB of 40.0 MiB'
        printf -v text "%.0s$text" {1..200}
        for ((i = 0; i < 656; i++)); do _vm_log "$text"; done
        """;

    private static async Task RunScriptAsync(ProjectFolder project, string script)
    {
        var run = new ScriptRun
        {
            Faults = new FaultPlan(new Fault(FaultKind.Hold) { Pattern = new Regex("^(qm|pvesm|pvesh|pveversion) "), Occurrence = 0, Duration = NodeCommand }),
            TimeLimit = TimeSpan.FromMinutes(2),
        };
        run.Content.LibraryFolders.Add(Path.Combine(project.Out, "misc"));
        await run.RunAsync(new Execution(script)).ConfigureAwait(false);
    }

    private static string Text(string path) => File.ReadAllText(path);
}
