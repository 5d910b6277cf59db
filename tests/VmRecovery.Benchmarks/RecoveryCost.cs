using System.Globalization;
using System.Text.RegularExpressions;
using VmRecovery.Files;
using VmRecovery.SimulatedNode.Faults;
using VmRecovery.SimulatedNode.Sandbox;
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

    /// <summary>A log of 10 MB beside an empty one: the difference is what its length costs.</summary>
    public static async Task ClassificationAsync(string library, string scratch)
    {
        var log = Path.Combine(scratch, "10MB.log");
        var line = new string('x', 79) + "\n";
        AtomicFile.Write(log, System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(line, 10 * 1024 * 1024 / 80))));
        var few = await ClassifyAsync("/dev/null").ConfigureAwait(false);
        var many = await ClassifyAsync(log).ConfigureAwait(false);
        Print("vm_classify_error, empty log (the peer)", few, few, null);
        Print("vm_classify_error, 10 MB log", many, few, null);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    that is {(many - few).TotalMilliseconds:0} ms more; target 20 ms"));

        Task<TimeSpan> ClassifyAsync(string file) =>
            MedianAsync(5, "bash", "-c", "source \"$0\" && vm_classify_error 28 \"$1\" 'curl -o image https://example.org/image'", library, file);
    }

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
