using System.Security.Cryptography;
using VmRecovery.Node.Simulated.Commands;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated;

/// <summary>
/// A Proxmox node that exists only here: listens on the loopback interface, answers the clients that stand on a
/// script's PATH (see <see cref="WriteClients"/>), remembers VMs and volumes, and lets planned faults strike.
/// </summary>
internal sealed partial class SimulatedNode : IAsyncDisposable
{
    private static readonly TimeSpan SignalledStepTime = TimeSpan.FromMilliseconds(400);

    /// <summary>Seconds that the process of a worker lives longer than its work takes.</summary>
    private const double WorkerLinger = 0.1;

    private readonly string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly Lock gate = new();
    private readonly LoopbackPort port;
    private readonly VolumeFiles volumeFiles = new();
    private ConfigMirror? mirror;

    /// <summary>Starts the server.</summary>
    public SimulatedNode(NodeState state, FaultPlan? faults = null)
    {
        State = state;
        Faults = faults ?? new FaultPlan();
        port = new LoopbackPort(AnswerAsync);
    }

    public NodeState State { get; }

    public FaultPlan Faults { get; set; }

    /// <summary>Calls of the node's own commands.</summary>
    public CallLog Calls { get; } = new();

    /// <summary>Calls of virt-customize and the other programs that only stand in for real ones.</summary>
    public CallLog ExternalCalls { get; } = new();

    /// <summary>More programs that the node answers for, by name.</summary>
    public Dictionary<string, Func<IReadOnlyList<string>, Reply>> Programs { get; } = new(StringComparer.Ordinal);

    public int Port => port.Number;

    /// <summary>Sends a signal to the script: to its whole group, or to its own process only.</summary>
    public Action<Signal, bool>? SendSignal { get; set; }

    /// <summary>Says where the script's root directory can be reached from here; null for the machine's own.</summary>
    public Func<string>? ScriptRoot { get; set; }

    /// <summary>A directory that mirrors the VM configurations, as /etc/pve does.</summary>
    public string? ConfigDirectory
    {
        get => mirror?.Directory;
        set
        {
            mirror = value is null ? null : new ConfigMirror(value);
            ShowFiles();
        }
    }

    /// <summary>Writes the clients into a directory that is to be first on PATH.</summary>
    public void WriteClients(string directory, IEnumerable<string> programs) =>
        ClientScript.Write(directory, programs, Port, token);

    /// <summary>The state now, as a copy.</summary>
    public NodeSnapshot Snapshot()
    {
        lock (gate)
            return NodeSnapshot.Of(State);
    }

    /// <summary>Changes the state from outside, as another admin would.</summary>
    public void Change(Action<NodeState> change)
    {
        lock (gate)
            change(State);
        ShowFiles();
    }

    public ValueTask DisposeAsync() => port.DisposeAsync();

    private T Effect<T>(Func<CallEffect, T> effect)
    {
        T result;
        lock (gate)
            result = effect(new CallEffect(State, new ScriptFiles(ScriptRoot?.Invoke() ?? "")));
        ShowFiles();
        return result;
    }

    private void Effect(Action<CallEffect> effect) => Effect(e =>
    {
        effect(e);
        return true;
    });

    private void ShowFiles()
    {
        lock (gate)
        {
            mirror?.Write(State);
            if (ScriptRoot is { } root)
                volumeFiles.Write(State, root());
        }
    }
}
