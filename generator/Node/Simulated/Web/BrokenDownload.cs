using System.Net.Sockets;
using VmRecovery.Node.Simulated.Faults;

namespace VmRecovery.Node.Simulated.Web;

/// <summary>Answers a download as its fault says.</summary>
internal sealed class BrokenDownload(Socket socket, HttpConversation http, Action<Signal, bool>? sendSignal, Action? killClient, Action<int, long> record)
{
    /// <summary>What a client needs at most to have the first half in its file.</summary>
    private static readonly TimeSpan HalfTime = TimeSpan.FromMilliseconds(100);

    /// <summary>What a client has left after a signal to end by itself.</summary>
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(1);

    /// <summary>Sends what the client gets.</summary>
    /// <returns>True when the connection can go on.</returns>
    public async Task<bool> SendAsync(byte[] body, Fault fault, CancellationToken cancellation)
    {
        var how = fault.Kind == FaultKind.Fail ? fault.Web : WebFault.Truncate;
        var half = body.AsMemory(0, body.Length / 2);
        if (how is WebFault.NotFound or WebFault.ServerError)
        {
            var status = how == WebFault.NotFound ? 404 : 500;
            record(status, 0);
            await http.WriteHeadAsync(status, 0, cancellation);
            return true;
        }
        record(200, how == WebFault.Timeout ? 0 : half.Length);
        if (how == WebFault.Timeout)
        {
            await http.WaitForEndAsync(cancellation);
            return false;
        }
        await http.WriteHeadAsync(200, body.Length, cancellation);
        if (how == WebFault.Garbage)
        {
            await http.WriteAsync(body.Select(b => (byte)~b).ToArray(), cancellation);
            return true;
        }
        await http.WriteAsync(half, cancellation);
        if (how == WebFault.Reset)
        {
            // At once, before TLS can say an orderly goodbye.
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
            return false;
        }
        if (fault.Kind != FaultKind.Fail)
        {
            await WaitForEndAsync(HalfTime, cancellation);
            if (fault.Kind == FaultKind.KillCommand)
                killClient?.Invoke();
            else
                sendSignal?.Invoke(
                    fault.Kind == FaultKind.KillGroup ? Signal.Kill : fault.Signal, fault.Kind is FaultKind.KillGroup or FaultKind.SignalGroup);
            await WaitForEndAsync(EndTime, cancellation);
        }
        return false;
    }

    private async Task WaitForEndAsync(TimeSpan limit, CancellationToken cancellation)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(limit);
        try
        {
            await http.WaitForEndAsync(timer.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // It is still there.
        }
    }
}
