using VmRecovery.Diagnostics;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.Sandbox;
using VmRecovery.Node.Simulated.State;
using VmRecovery.Node.Simulated.Web;

namespace VmRecovery.Node.Torture;

/// <summary>One case and what was wrong at its end.</summary>
internal sealed record TortureResult(TortureCase Case, IReadOnlyList<string> Complaints, int ExitCode, string Output)
{
    /// <summary>The steps of the first run, with those of its clean-up and its retries.</summary>
    public IReadOnlyList<Step> Steps { get; init; } = [];
}

/// <summary>Runs a script undisturbed, then once for each case.</summary>
internal sealed class TortureRunner(string script, TortureOptions options)
{
    /// <summary>The undisturbed run; a script that fails there cannot be tortured.</summary>
    /// <exception cref="ToolException">It makes no VM, does not end in time, or cannot be run here at all.</exception>
    public async Task<ExecutionResult> UndisturbedAsync()
    {
        try
        {
            var run = await new ScriptRun { State = NewNode(), Content = NewContent(), TimeLimit = options.TimeLimit }.RunAsync(Execution(""));
            return run[0].ExitCode == 0 && run[0].Node.Machines.Any(m => m.MadeByScript)
                ? run[0]
                : throw ToolException.Input(FormattableString.Invariant(
                    $"{options.ScriptPath}: makes no VM even undisturbed (exit {run[0].ExitCode}):\n{run[0].Output}"));
        }
        catch (TimeoutException e)
        {
            throw ToolException.Input($"{options.ScriptPath}: undisturbed: {FirstLine(e)}");
        }
        catch (InvalidOperationException e)
        {
            throw ToolException.MissingTool($"torture: {FirstLine(e)}");
        }
    }

    /// <summary>All cases, in the order of the plan; the pairs last.</summary>
    public async Task<IReadOnlyList<TortureResult>> RunAsync(ExecutionResult undisturbed, Action<int, int> progress)
    {
        var verdict = new Verdict(script, NodeSnapshot.Of(NewNode()), undisturbed);
        var results = await RunAllAsync(TortureCase.Plan(undisturbed.Steps, options), verdict, progress);
        if (!options.Pairs)
            return results;
        var retries = await RunAllAsync(TortureCase.Retries(undisturbed.Steps), verdict, progress);
        var pairs = retries.SelectMany(r => TortureCase.Pairs(r.Case, r.Steps)).Where((_, i) => i % options.PairStride == 0).ToList();
        return [.. results, .. await RunAllAsync(pairs, verdict, progress)];
    }

    private async Task<TortureResult[]> RunAllAsync(IReadOnlyList<TortureCase> cases, Verdict verdict, Action<int, int> progress)
    {
        var results = new TortureResult[cases.Count];
        var done = 0;
        await Parallel.ForAsync(
            0,
            cases.Count,
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallel },
            async (i, _) =>
            {
                results[i] = await RunAsync(cases[i], verdict);
                progress(Interlocked.Increment(ref done), cases.Count);
            });
        return results;
    }

    private async Task<TortureResult> RunAsync(TortureCase torture, Verdict verdict)
    {
        var run = new ScriptRun
        {
            State = NewNode(),
            Content = NewContent(),
            TimeLimit = options.TimeLimit,
            Terminal = torture.Kind == Misfortune.KillAnswered,
        };
        var executions = new List<Execution> { Execution(torture.Recovery) with { Faults = new FaultPlan(torture.Faults) } };
        if (torture.Kind is Misfortune.KillUnattended or Misfortune.KillAnswered)
            executions.Add(Execution("") with { Faults = new FaultPlan() });
        try
        {
            var ends = await run.RunAsync(executions);
            return new TortureResult(torture, verdict.Judge(torture, ends), ends[^1].ExitCode, string.Concat(ends.Select(e => e.Output)))
            {
                Steps = ends[0].Steps,
            };
        }
        catch (TimeoutException e)
        {
            return new TortureResult(torture, [FirstLine(e)], -1, e.Message);
        }
    }

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0];

    private Execution Execution(string recovery)
    {
        var environment = new Dictionary<string, string> { ["DIAGNOSTICS"] = "yes" };
        if (recovery.Length > 0)
            environment["VM_RECOVERY"] = recovery;
        return new Execution(script) { Environment = environment };
    }

    private WebContent NewContent()
    {
        var content = new WebContent();
        foreach (var folder in options.Libraries)
            content.LibraryFolders.Add(folder);
        foreach (var (ending, file) in options.Pages)
            content.Page(ending, File.ReadAllText(file));
        return content;
    }

    private NodeState NewNode()
    {
        var node = options.Storage == StorageKind.LvmThin ? NodeState.Installed() : NodeState.With(options.Storage, "disks");
        node.AddForeignContainer(101, "somebody-elses-container");
        node.AddMachineElsewhere(102, "on-the-other-node");
        node.AddForeignMachine(105, "somebody-elses");
        node.AddFilesOfOthers(100);
        return node;
    }
}
