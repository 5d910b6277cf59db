using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using VmRecovery.SimulatedNode.Commands;
using VmRecovery.SimulatedNode.Faults;
using VmRecovery.SimulatedNode.State;

namespace VmRecovery.SimulatedNode;

/// <summary>
/// A Proxmox node that exists only here: listens on the loopback interface, answers the clients that stand on a
/// script's PATH (see <see cref="WriteClients"/>), remembers VMs and volumes, and lets planned faults strike.
/// </summary>
internal sealed class Node : IAsyncDisposable
{
    private static readonly TimeSpan SignalledStepTime = TimeSpan.FromMilliseconds(400);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly Lock gate = new();
    private readonly Task accepting;
    private string? configDirectory;

    /// <summary>Starts the server.</summary>
    public Node(NodeState state, FaultPlan? faults = null)
    {
        State = state;
        Faults = faults ?? new FaultPlan();
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync();
    }

    public NodeState State { get; }

    public FaultPlan Faults { get; set; }

    /// <summary>Calls of the node's own commands.</summary>
    public CallLog Calls { get; } = new();

    /// <summary>Calls of virt-customize and the other programs that only stand in for real ones.</summary>
    public CallLog ExternalCalls { get; } = new();

    /// <summary>More programs that the node answers for, by name.</summary>
    public Dictionary<string, Func<IReadOnlyList<string>, Reply>> Programs { get; } = new(StringComparer.Ordinal);

    public int Port { get; }

    /// <summary>Sends a signal to the script: to its whole group, or to its own process only.</summary>
    public Action<Signal, bool>? SendSignal { get; set; }

    /// <summary>Says where the script's root directory can be reached from here; null for the machine's own.</summary>
    public Func<string>? ScriptRoot { get; set; }


    /// <summary>A directory that mirrors the VM configurations, as /etc/pve does.</summary>
    public string? ConfigDirectory
    {
        get => configDirectory;
        set
        {
            configDirectory = value;
            MirrorConfigs();
        }
    }

    /// <summary>Writes the clients into a directory that is to be first on PATH.</summary>
    public void WriteClients(string directory, IEnumerable<string> programs)
    {
        foreach (var program in programs)
        {
            var path = Path.Combine(directory, program);
            File.WriteAllBytes(path, System.Text.Encoding.ASCII.GetBytes(ClientScript.Text(Port, token)));
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        }
    }

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
        MirrorConfigs();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                _ = AnswerAsync(await listener.AcceptSocketAsync(stopping.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        using var client = new ClientConnection(socket);
        try
        {
            if (await client.ReadCallAsync(token, stopping.Token) is not var (words, directory))
                return;
            await AnswerAsync(client, words, directory);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client was killed: what it did is done.
        }
    }

    private async Task AnswerAsync(ClientConnection client, IReadOnlyList<string> words, string directory)
    {
        if (Programs.GetValueOrDefault(words[0]) is { } program)
        {
            await FinishAsync(client, words, program(words));
            return;
        }
        var fault = Faults.Strike(string.Join(' ', words), FaultPlan.IsStep(words));
        switch (fault?.Kind)
        {
            case null:
                await FinishAsync(client, words, Effect(e => e.Run(words, directory)));
                break;
            case FaultKind.ForeignTakesVmId:
                Effect(e => e.TakeVmId(words));
                await FinishAsync(client, words, Effect(e => e.Run(words, directory)));
                break;
            case FaultKind.ForeignReplacesVm:
                Effect(e => e.ReplaceVm(words));
                await FinishAsync(client, words, Effect(e => e.Failed(words, fault)));
                break;
            case FaultKind.Fail:
                await FinishAsync(client, words, Effect(e => e.Failed(words, fault)));
                break;
            case FaultKind.KillGroup:
                var half = Effect(e => e.LeaveHalf(words));
                Record(words, half);
                await client.PrintAsync(half.Chunks, stopping.Token);
                await client.SendAsync("a", stopping.Token);
                await client.WaitForSignalAsync(SignalledStepTime, stopping.Token);
                SendSignal?.Invoke(Signal.Kill, true);
                break;
            case FaultKind.SignalGroup:
                SendSignal?.Invoke(fault.Signal, true);
                await InterruptAsync(client, words, fault.Signal);
                break;
            case FaultKind.SignalScript:
                SendSignal?.Invoke(fault.Signal, false);
                await HoldAsync(client, words, directory, SignalledStepTime);
                break;
            case FaultKind.Hold:
                await HoldAsync(client, words, directory, fault.Duration);
                break;
        }
    }

    private async Task HoldAsync(ClientConnection client, IReadOnlyList<string> words, string directory, TimeSpan limit)
    {
        switch (await client.WaitForSignalAsync(limit, stopping.Token))
        {
            case null:
                await FinishAsync(client, words, Effect(e => e.Run(words, directory)));
                break;
            case "":
                Record(words, Effect(e => e.LeaveHalf(words)));
                break;
            case var name:
                await InterruptAsync(client, words, name switch
                {
                    "TERM" => Signal.Terminate,
                    "HUP" => Signal.Hangup,
                    _ => Signal.Interrupt,
                });
                break;
        }
    }

    private async Task InterruptAsync(ClientConnection client, IReadOnlyList<string> words, Signal signal)
    {
        if (Effect(e => e.Interrupted(words, signal)) is { } reply)
        {
            await FinishAsync(client, words, reply);
            return;
        }
        Record(words, new Reply { ExitCode = 128 + (int)signal });
        await client.SendAsync("s" + signal switch { Signal.Hangup => "HUP", Signal.Terminate => "TERM", _ => "INT" }, stopping.Token);
    }

    private async Task FinishAsync(ClientConnection client, IReadOnlyList<string> words, Reply? reply)
    {
        if (reply is null)
        {
            await client.SendAsync("r", stopping.Token);
            return;
        }
        Record(words, reply);
        await client.PrintAsync(reply.Chunks, stopping.Token);
        await client.SendAsync("x" + reply.ExitCode.ToString(CultureInfo.InvariantCulture), stopping.Token);
    }

    private void Record(IReadOnlyList<string> words, Reply reply) =>
        (ClientScript.Programs.Contains(words[0]) ? Calls : ExternalCalls).Add(new Call(words, reply.ExitCode, reply.Text(isError: true)));

    private T Effect<T>(Func<CallEffect, T> effect)
    {
        T result;
        lock (gate)
            result = effect(new CallEffect(State, new ScriptFiles(ScriptRoot?.Invoke() ?? "")));
        MirrorConfigs();
        return result;
    }

    private void Effect(Action<CallEffect> effect) => Effect(e =>
    {
        effect(e);
        return true;
    });

    private void MirrorConfigs()
    {
        if (configDirectory is null)
            return;
        lock (gate)
        {
            var machines = Directory.CreateDirectory(Path.Combine(configDirectory, "qemu-server")).FullName;
            var containers = Directory.CreateDirectory(Path.Combine(configDirectory, "lxc")).FullName;
            foreach (var machine in State.Machines.Values)
                File.WriteAllBytes(Conf(machines, machine.Id), System.Text.Encoding.UTF8.GetBytes(machine.ConfigFile()));
            foreach (var id in State.Containers.Keys)
                File.WriteAllBytes(Conf(containers, id), []);
            foreach (var file in Directory.GetFiles(machines))
                if (!State.Machines.ContainsKey(int.Parse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture)))
                    File.Delete(file);
        }
    }

    private static string Conf(string directory, int id) =>
        Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{id}.conf"));
}
