using System.Net;
using System.Net.Sockets;

namespace VmRecovery.Node.Simulated;

/// <summary>A TCP port of the loopback interface that hands every connection on as it comes.</summary>
internal sealed class LoopbackPort : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;

    /// <summary>Starts to listen.</summary>
    public LoopbackPort(Func<Socket, Task> answer)
    {
        listener.Start();
        Number = ((IPEndPoint)listener.LocalEndpoint).Port;
        Stopping = stopping.Token;
        accepting = AcceptAsync(answer);
    }

    public int Number { get; }

    /// <summary>Ends whatever an answer waits for.</summary>
    public CancellationToken Stopping { get; }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync(Func<Socket, Task> answer)
    {
        while (!Stopping.IsCancellationRequested)
        {
            try
            {
                _ = answer(await listener.AcceptSocketAsync(Stopping));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
