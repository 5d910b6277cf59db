using System.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.Sandbox;
using VmRecovery.Node.Simulated.State;
using VmRecovery.Node.Simulated.Web;
using VmRecovery.Scripts.Patching;

namespace VmRecovery.Node.Torture;

/// <summary>One scenario and the violations at its end.</summary>
internal sealed record TortureResult(Scenario Scenario, IReadOnlyList<Diagnostic> Violations, int ExitCode, string Output)
{
    /// <summary>The steps of the first run, with those of its clean-up and its retries.</summary>
    public IReadOnlyList<Step> Steps { get; init; } = [];
}

/// <summary>Runs a script undisturbed, then once for each scenario.</summary>
internal sealed class TortureRunner(byte[] script, TortureRequest request)
{
    private static readonly DiagnosticDescriptor NotEnded = new()
    {
        Id = "VMT010",
        Name = "not-ended",
        Category = "torture",
        Summary = "the script did not end in time",
        Help = "end in a bounded time, whatever fails",
    };

    private readonly byte[] text = request.Native is null ? script : Unpatched(script);

    /// <summary>The undisturbed run; a script that fails there cannot be tortured.</summary>
    /// <exception cref="ToolException">The script makes no VM, does not end in time, or cannot be run here at all.</exception>
    public async Task<ExecutionResult> UndisturbedAsync()
    {
        try
        {
            var run = await NewRun(false).RunAsync(Execution("", text));
            return run[0].ExitCode == 0 && run[0].Node.Machines.Any(m => m.MadeByScript)
                ? run[0]
                : throw ToolException.Input(FormattableString.Invariant(
                    $"{request.ScriptPath}: makes no VM even undisturbed (exit {run[0].ExitCode}):\n{run[0].Output}"));
        }
        catch (TimeoutException e)
        {
            throw ToolException.Input($"{request.ScriptPath}: undisturbed: {FirstLine(e)}");
        }
        catch (InvalidOperationException e)
        {
            throw ToolException.MissingTool($"torture: {FirstLine(e)}");
        }
    }

    /// <summary>All scenarios, in the order of the plan; the hidden commands and the pairs last.</summary>
    public async Task<IReadOnlyList<TortureResult>> RunAsync(ExecutionResult undisturbed, Action<int, int> progress)
    {
        var baseline = new Baseline(TextOf(text), NodeSnapshot.Of(NewNode()), undisturbed);
        List<TortureResult> results = [.. await RunAllAsync(ScenarioPlan.Of(undisturbed.Steps, request), baseline, progress)];
        if (request.Hidden)
            results.AddRange(await new HiddenTrials(request, undisturbed).RunAsync(scenarios => RunAllAsync(scenarios, baseline, progress), Unpatched(script)));
        if (!request.Pairs)
            return results;
        var retries = await RunAllAsync(ScenarioPlan.Retries(undisturbed.Steps), baseline, progress);
        var pairs = retries.SelectMany(r => ScenarioPlan.Pairs(r.Scenario, r.Steps)).Where((_, i) => i % request.PairStride == 0).ToList();
        return [.. results, .. await RunAllAsync(pairs, baseline, progress)];
    }

    private async Task<TortureResult[]> RunAllAsync(IReadOnlyList<Scenario> scenarios, Baseline baseline, Action<int, int> progress)
    {
        var results = new TortureResult[scenarios.Count];
        var done = 0;
        await Parallel.ForAsync(
            0,
            scenarios.Count,
            new ParallelOptions { MaxDegreeOfParallelism = request.Parallel },
            async (i, _) =>
            {
                results[i] = await RunAsync(scenarios[i], baseline);
                progress(Interlocked.Increment(ref done), scenarios.Count);
            });
        return results;
    }

    private async Task<TortureResult> RunAsync(Scenario scenario, Baseline baseline)
    {
        var text = scenario.Hidden?.Script ?? this.text;
        var executions = new List<Execution> { Execution(scenario.Recovery, text) with { Faults = new FaultPlan(scenario.Faults) } };
        if (scenario.RunsTwice)
            executions.Add(Execution("", text) with { Faults = new FaultPlan() });
        try
        {
            var ends = await NewRun(scenario.Kind == ScenarioKind.KillAnswered).RunAsync(executions);
            var violations = Verdict.Judge(request.ScriptPath, new Trial(scenario, ends, baseline));
            return new TortureResult(scenario, violations, ends[^1].ExitCode, string.Concat(ends.Select(e => e.Output))) { Steps = ends[0].Steps };
        }
        catch (TimeoutException e)
        {
            return new TortureResult(scenario, [new Diagnostic(NotEnded, Location.OfFile(request.ScriptPath), FirstLine(e))], -1, e.Message);
        }
    }

    private ScriptRun NewRun(bool terminal)
    {
        var dialogs = new Dialogs();
        // By itself the question about a VM that runs means no.
        if (terminal)
            dialogs.Answer("an earlier run", "yes", "yes", "yes");
        return NewRun(terminal, dialogs);
    }

    private ScriptRun NewRun(bool terminal, Dialogs dialogs) => new()
    {
        Dialogs = dialogs,
        State = NewNode(),
        Content = NewContent(),
        TimeLimit = request.TimeLimit,
        Terminal = terminal,
        Folders = request.Native?.Folders ?? [],
    };

    private Execution Execution(string recovery, byte[] text)
    {
        var environment = new Dictionary<string, string> { ["DIAGNOSTICS"] = "yes" };
        if (recovery.Length > 0 && request.Native is null)
            environment["VM_RECOVERY"] = recovery;
        return new Execution(TextOf(text)) { Environment = environment, Prefix = request.Native?.Words(recovery) ?? [] };
    }

    private static byte[] Unpatched(byte[] script) => ScriptPatcher.Revert(new ScriptText("", script)).After.Raw;

    // Without a byte order mark, as a browser or an editor shows it.
    private static string TextOf(byte[] text) => Encoding.UTF8.GetString(text).TrimStart('\uFEFF');

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0];

    private WebContent NewContent()
    {
        var content = new WebContent();
        foreach (var folder in request.Libraries)
            content.LibraryFolders.Add(folder);
        foreach (var (ending, file) in request.Pages)
            content.Page(ending, File.ReadAllText(file));
        return content;
    }

    private NodeState NewNode()
    {
        var node = request.Storage == StorageKind.LvmThin ? NodeState.Installed() : NodeState.With(request.Storage, "disks");
        node.AddForeignContainer(101, "somebody-elses-container");
        node.AddMachineElsewhere(102, "on-the-other-node");
        node.AddForeignMachine(105, "somebody-elses");
        node.AddFilesOfOthers(100);
        return node;
    }
}
