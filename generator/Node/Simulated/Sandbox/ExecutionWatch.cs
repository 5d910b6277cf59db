using VmRecovery.Node.Simulated.Commands;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.State;
using VmRecovery.Node.Simulated.Web;

namespace VmRecovery.Node.Simulated.Sandbox;

/// <summary>The node and the web at the end of one execution; lists hold what this execution added.</summary>
internal sealed record ExecutionEnd(
    NodeSnapshot Node,
    IReadOnlyList<Call> Calls,
    IReadOnlyList<Call> ExternalCalls,
    IReadOnlyList<Fetch> Fetches,
    IReadOnlyList<TelemetryRecord> Telemetry,
    IReadOnlyList<Dialog> Dialogs,
    IReadOnlyList<Step> Steps,
    IReadOnlyList<Fault> Struck);

/// <summary>Cuts the records of a run into its executions.</summary>
internal sealed class ExecutionWatch(
    SimulatedNode node, LoopbackWeb web, Dialogs dialogs, IReadOnlyList<Execution> executions, FaultPlan shared)
{
    private readonly List<ExecutionEnd> ends = [];

    public IReadOnlyList<ExecutionEnd> Ends => ends;

    /// <summary>Called inside the sandbox when an execution is over.</summary>
    public Reply End()
    {
        var plan = node.Faults;
        ends.Add(new ExecutionEnd(
            node.Snapshot(),
            [.. node.Calls.Calls.Skip(ends.Sum(e => e.Calls.Count))],
            [.. node.ExternalCalls.Calls.Skip(ends.Sum(e => e.ExternalCalls.Count))],
            [.. web.Fetches.Skip(ends.Sum(e => e.Fetches.Count))],
            [.. web.Telemetry.Skip(ends.Sum(e => e.Telemetry.Count))],
            [.. dialogs.Shown.Skip(ends.Sum(e => e.Dialogs.Count))],
            plan.Steps,
            plan.Struck));
        if (ends.Count < executions.Count)
            node.Faults = web.Faults = executions[ends.Count].Faults ?? shared;
        return new Reply();
    }
}
