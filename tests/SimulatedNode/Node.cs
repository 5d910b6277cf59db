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

    private ScriptFiles Files => new(ScriptRoot?.Invoke() ?? "");

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
        var fault = Faults.Strike(string.Join(' ', words), FaultPlan.IsStep(words));
        switch (fault?.Kind)
        {
            case null:
                await FinishAsync(client, words, Run(words, directory));
                break;
            case FaultKind.ForeignTakesVmId:
                TakeVmId(words);
                await FinishAsync(client, words, Run(words, directory));
                break;
            case FaultKind.Fail:
                await FinishAsync(client, words, Failed(words, fault));
                break;
            case FaultKind.KillGroup:
                LeaveHalf(words, directory);
                Record(words, new Reply { ExitCode = 137 });
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
                await FinishAsync(client, words, Run(words, directory));
                break;
            case "":
                LeaveHalf(words, directory);
                Record(words, new Reply { ExitCode = 137 });
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
        if (FaultTexts.Interrupted(words, signal) is not var (message, exitCode))
        {
            Record(words, new Reply { ExitCode = 128 + (int)signal });
            await client.SendAsync("s" + signal switch { Signal.Hangup => "HUP", Signal.Terminate => "TERM", _ => "INT" }, stopping.Token);
            return;
        }
        var reply = new Reply();
        lock (gate)
            if (words is ["qm", "destroy", ..])
                new QmDestroy(State, reply).LeaveVolume([.. words.Skip(2)]);
        if (message.Length > 0)
            reply.Error(message);
        reply.ExitCode = exitCode;
        MirrorConfigs();
        await FinishAsync(client, words, reply);
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

    /// <summary>Runs a command; null when the real program is to do it.</summary>
    private Reply? Run(IReadOnlyList<string> words, string directory)
    {
        if (Programs.GetValueOrDefault(words[0]) is { } program)
            return program(words);
        if (words[0] is "virt-customize" or "virt-resize")
        {
            Customize(words, directory, "customized\n");
            return new Reply();
        }
        if (words[0] is "apt-get" or "apt")
            return new Reply();
        if (!ClientScript.Programs.Contains(words[0]))
            return null;
        Reply reply;
        lock (gate)
            reply = new NodeCommands(State, Files).Run(words, directory);
        MirrorConfigs();
        return reply;
    }

    private Reply Failed(IReadOnlyList<string> words, Fault fault)
    {
        var (message, exitCode) = FaultTexts.Of(words);
        var reply = new Reply { ExitCode = fault.ExitCode ?? exitCode };
        if (words is ["qm", "set", var id, _, ..])
            reply.Out($"update VM {id}: {string.Join(' ', words.Skip(3))}");
        if (words[0] is "virt-customize" or "virt-resize")
            Customize(words, "", "half customized\n");
        reply.Error(fault.Message ?? message);
        return reply;
    }

    private void Customize(IReadOnlyList<string> words, string directory, string mark)
    {
        for (var i = 1; i + 1 < words.Count; i++)
            if (words[i] is "-a" or "--add")
                Files.Append(words[i + 1].StartsWith('/') ? words[i + 1] : directory + "/" + words[i + 1], mark);
    }

    private void TakeVmId(IReadOnlyList<string> words)
    {
        if (words is ["qm", "create", var id, ..] && int.TryParse(id, CultureInfo.InvariantCulture, out var taken))
            Change(state =>
            {
                if (!state.Machines.ContainsKey(taken))
                    state.AddForeignMachine(taken, "somebody-elses");
            });
    }

    private void LeaveHalf(IReadOnlyList<string> words, string directory)
    {
        _ = directory;
        lock (gate)
        {
            var reply = new Reply();
            try
            {
                LeaveHalf(words, reply);
            }
            catch (CommandFailure)
            {
                // It would have failed anyway: nothing is half done.
            }
        }
        MirrorConfigs();
    }

    private void LeaveHalf(IReadOnlyList<string> words, Reply reply)
    {
        var rest = words.Skip(2).ToList();
        switch (words)
        {
            case ["qm", "create", ..]:
                new QmCreate(State, reply, Files).LeaveHalf(rest);
                break;
            case ["qm", "set", ..]:
                new QmSet(State, reply, Files).LeaveHalf(rest);
                break;
            case ["qm", "importdisk", ..]:
                new QmDisk(State, reply, Files).LeaveHalfImport(rest);
                break;
            case ["qm", "disk", "import", ..]:
                new QmDisk(State, reply, Files).LeaveHalfImport([.. rest.Skip(1)]);
                break;
            case ["qm", "resize", ..]:
                new QmDisk(State, reply, Files).LeaveHalfResize(rest);
                break;
            case ["qm", "disk", "resize", ..]:
                new QmDisk(State, reply, Files).LeaveHalfResize([.. rest.Skip(1)]);
                break;
            case ["qm", "destroy", ..]:
                new QmDestroy(State, reply).LeaveHalf(rest);
                break;
            case ["qm", "start", ..]:
                new QmLifecycle(State, reply).Start(rest);
                break;
            case ["pvesm", "alloc", ..]:
                new Pvesm(State, reply).Alloc(rest);
                break;
            case ["virt-customize" or "virt-resize", ..]:
                Customize(words, "", "half customized\n");
                break;
        }
    }

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
