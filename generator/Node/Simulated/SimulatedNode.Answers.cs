using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using VmRecovery.Node.Simulated.Commands;
using VmRecovery.Node.Simulated.Faults;

namespace VmRecovery.Node.Simulated;

/// <summary>How the node answers a call, with the fault that strikes it.</summary>
internal sealed partial class SimulatedNode
{
    private async Task AnswerAsync(Socket socket)
    {
        using var client = new ClientConnection(socket);
        try
        {
            if (await client.ReadCallAsync(token, port.Stopping) is not var (words, directory))
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
            var answer = program(words);
            // A dialog can wait for hours, and the node does not.
            if (Faults.Strike(string.Join(' ', words), isStep: false)?.Kind == FaultKind.ForeignReplacesVmAfter)
                Effect(e => e.ReplaceVm());
            await FinishAsync(client, words, answer);
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
            case FaultKind.ForeignReplacesVmAfter:
                var done = Effect(e => e.Run(words, directory));
                Effect(e => e.ReplaceVm());
                await FinishAsync(client, words, done);
                break;
            case FaultKind.FailLate:
                await FinishAsync(client, words, Effect(e => e.FailedLate(words, directory)));
                break;
            case FaultKind.Fail:
                await FinishAsync(client, words, Effect(e => e.Failed(words, fault)));
                break;
            case FaultKind.BackupBegins:
                Effect(e => e.BeginBackup(words));
                await FinishAsync(client, words, Effect(e => e.Run(words, directory)));
                break;
            case FaultKind.KillGroup or FaultKind.KillCommand:
                await KillAsync(client, words, directory, fault);
                break;
            case FaultKind.KillWorker when KilledWorker.HasWorker(words):
                await client.SendAsync("t", port.Stopping);
                await FinishAsync(client, words, Effect(e => e.WorkerKilled(words)));
                break;
            case FaultKind.InterruptWorker when KilledWorker.HasWorker(words):
                await InterruptAsync(client, words, Signal.Interrupt);
                break;
            case FaultKind.KillWorker or FaultKind.InterruptWorker:
                throw new InvalidOperationException($"'{string.Join(' ', words)}' has no worker");
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

    // What it leaves, what of that goes on for a moment without it, and then the kill.
    private async Task KillAsync(ClientConnection client, IReadOnlyList<string> words, string directory, Fault fault)
    {
        var wholeGroup = fault.Kind == FaultKind.KillGroup;
        var (half, killed) = LeaveHalf(words, directory);
        Record(words, half);
        await client.PrintAsync(half.Chunks, port.Stopping);
        if (killed.Worker is { } title)
            await client.SendAsync(string.Create(CultureInfo.InvariantCulture, $"w{fault.GoesOn.TotalSeconds + WorkerLinger:0.0#} {title}"), port.Stopping);
        if (killed.Child is { } program && !wholeGroup)
            await client.SendAsync("c" + program, port.Stopping);
        await client.SendAsync("a", port.Stopping);
        await client.WaitForSignalAsync(SignalledStepTime, port.Stopping);
        if (wholeGroup)
        {
            GoOn(killed, copied: false);
            SendSignal?.Invoke(Signal.Kill, true);
            return;
        }
        await client.SendAsync("sKILL", port.Stopping);
        if (killed.Child is null)
            await Task.Delay(fault.GoesOn, port.Stopping);
        // The child may be killed, too: then its end comes earlier.
        var begin = Stopwatch.GetTimestamp();
        if (killed.Child is not null)
            await client.WaitForSignalAsync(ClientScript.TimeOfAChild, port.Stopping);
        GoOn(killed, copied: Stopwatch.GetElapsedTime(begin) > ClientScript.TimeOfAChild * 0.9);
    }

    private (Reply Printed, KilledCommand Killed) LeaveHalf(IReadOnlyList<string> words, string directory) => Effect(e =>
    {
        var killed = e.Killed(words, directory);
        return (killed.Leave(), killed);
    });

    private void GoOn(KilledCommand killed, bool copied)
    {
        if (killed.Later is { } later)
            Effect(_ => later(copied));
    }

    private async Task HoldAsync(ClientConnection client, IReadOnlyList<string> words, string directory, TimeSpan limit)
    {
        var signal = await client.WaitForSignalAsync(limit, port.Stopping);
        switch (signal)
        {
            case null:
                await FinishAsync(client, words, Effect(e => e.Run(words, directory)));
                break;
            case "":
                var (half, killed) = LeaveHalf(words, directory);
                Record(words, half);
                GoOn(killed, copied: false);
                break;
            case "TERM" or "HUP" when words is ["qm", "set", ..] or ["pvesm", "alloc", ..]:
                // The child ends its work without the command.
                LeaveHalf(words, directory);
                goto default;
            default:
                await InterruptAsync(client, words, Signals.Named(signal));
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
        await client.SendAsync("s" + Signals.NameOf(signal), port.Stopping);
    }

    private async Task FinishAsync(ClientConnection client, IReadOnlyList<string> words, Reply? reply)
    {
        if (reply is null)
        {
            await client.SendAsync("r", port.Stopping);
            return;
        }
        Record(words, reply);
        await client.PrintAsync(reply.Chunks, port.Stopping);
        await client.SendAsync("x" + reply.ExitCode.ToString(CultureInfo.InvariantCulture), port.Stopping);
    }

    private void Record(IReadOnlyList<string> words, Reply reply) =>
        (ClientScript.Programs.Contains(words[0]) ? Calls : ExternalCalls).Add(new Call(words, reply.ExitCode, reply.Text(isError: true)));
}
