using VmRecovery.Diagnostics;
using VmRecovery.SimulatedNode.Faults;
using VmRecovery.SimulatedNode.Sandbox;
using VmRecovery.SimulatedNode.State;
using VmRecovery.SimulatedNode.Web;

namespace VmRecovery.Torture;

/// <summary>One case and what was wrong at its end.</summary>
internal sealed record TortureResult(TortureCase Case, IReadOnlyList<string> Complaints, int ExitCode, string Output);

/// <summary>Runs a script undisturbed, then once for each case.</summary>
internal sealed class TortureRunner(string script, TortureOptions options)
{
    /// <summary>The undisturbed run; a script that fails there cannot be tortured.</summary>
    public async Task<ExecutionResult> UndisturbedAsync()
    {
        var run = await new ScriptRun { State = NewNode(), Content = NewContent(), TimeLimit = options.TimeLimit }.RunAsync(Execution(""));
        if (run[0].ExitCode != 0 || !run[0].Node.Machines.Any(m => m.MadeByScript))
            throw new ToolException(
                ExitCodes.BadInput,
                FormattableString.Invariant($"{options.ScriptPath}: makes no VM even undisturbed (exit {run[0].ExitCode}):\n{run[0].Output}"));
        return run[0];
    }

    /// <summary>All cases, in the order of the plan.</summary>
    public async Task<IReadOnlyList<TortureResult>> RunAsync(ExecutionResult undisturbed, Action<int, int> progress)
    {
        var cases = TortureCase.Plan(undisturbed.Steps, options);
        var verdict = new Verdict(script, NodeSnapshot.Of(NewNode()), undisturbed);
        var results = new TortureResult[cases.Count];
        var done = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, cases.Count),
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
            return new TortureResult(torture, verdict.Judge(torture, ends), ends[^1].ExitCode, string.Concat(ends.Select(e => e.Output)));
        }
        catch (TimeoutException e)
        {
            return new TortureResult(torture, [e.Message.Split('\n')[0]], -1, e.Message);
        }
    }

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
        node.Containers[101] = "somebody-elses-container";
        node.AddForeignMachine(105, "somebody-elses");
        return node;
    }
}
