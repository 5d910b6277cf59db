using VmRecovery.Host.Processes;
using VmRecovery.Node.Simulated;
using VmRecovery.Node.Simulated.Faults;

namespace VmRecovery.Tests.Simulated;

/// <summary>Signals against what was observed on real nodes: one case a line of reference/pve-observed.md, sections 11 and 14.</summary>
public sealed class ObservedSignalTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("observed-").FullName;

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var observed in ObservedCase.All(withFault: true))
                data.Add(observed.File, observed.Name);
            return data;
        }
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Cases))]
    public async Task A_command_that_is_struck_says_and_leaves_what_it_does_on_a_real_node(string file, string name)
    {
        var observed = ObservedCase.Find(file, name);
        var prepared = new ObservedNode(root);
        prepared.Prepare(observed);
        await using var node = new SimulatedNode(prepared.State, new FaultPlan(FaultOf(observed.Fault!))) { ScriptRoot = () => root };
        var bin = Directory.CreateDirectory(Path.Combine(root, "bin")).FullName;
        node.WriteClients(bin, ClientScript.Programs);

        var outcome = await ProcessRunner.RunAsync(
            "bash",
            ["-c", ScriptOf(observed)],
            timeLimit: TimeSpan.FromSeconds(20),
            environment: new Dictionary<string, string?> { ["PATH"] = bin + ":/usr/bin:/bin" });

        ObservedNode.SameLines(observed.Output, outcome.Output, "stdout");
        ObservedNode.SameLines(observed.Error, WithoutBash(outcome.Error), "stderr");
        Assert.Equal(observed.ExitCode, outcome.ExitCode);
        lock (prepared.State)
            prepared.Check(observed);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static Fault FaultOf(string text) => text.Split(' ') switch
    {
        ["kill", _] => new Fault(FaultKind.Hold) { Step = 1, Duration = TimeSpan.FromSeconds(15) },
        ["kill-command"] => Fault.AtStep(1, FaultKind.KillCommand),
        ["kill-worker"] => Fault.AtStep(1, FaultKind.KillWorker),
        ["interrupt-worker"] => Fault.AtStep(1, FaultKind.InterruptWorker),
        ["backup-begins"] => Fault.AtStep(1, FaultKind.BackupBegins),
        ["fail-late"] => Fault.AtStep(1, FaultKind.FailLate),
        _ => throw new FormatException("* " + text),
    };

    // Waits after a kill until what goes on alone has ended.
    private static string ScriptOf(ObservedCase observed) => observed.Fault!.Split(' ') switch
    {
        // A background job of a script ignores INT.
        ["kill", var signal] => $"env --default-signal=INT {observed.Command} & sleep 0.3; kill -{signal} $!; wait $!",
        ["kill-command"] => $"{observed.Command}; code=$?; sleep {(observed.Command.Contains("import", StringComparison.Ordinal) ? "5" : "0.5")}; exit $code",
        _ => observed.Command,
    };

    // bash names a job that was killed.
    private static string WithoutBash(string error) => string.Concat(error.Split('\n')
        .Where(l => l.Length > 0 && !l.StartsWith("bash: line ", StringComparison.Ordinal)).Select(l => l + "\n"));
}
