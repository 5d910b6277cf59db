using System.Globalization;
using System.Net.Sockets;
using System.Text;
using VmRecovery.Node.Simulated.Commands;

namespace VmRecovery.Node.Simulated;

/// <summary>One call of a client: reads its words, writes the frames of the answer.</summary>
internal sealed class ClientConnection(Socket socket) : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(false);
    private readonly NetworkStream stream = new(socket, ownsSocket: true);
    private readonly byte[] buffer = new byte[8192];
    private int start;
    private int end;

    /// <summary>Reads the call; null when the token is wrong or the client left.</summary>
    public async Task<(IReadOnlyList<string> Words, string Directory)?> ReadCallAsync(string token, CancellationToken cancellation)
    {
        if (await ReadUntilAsync(0, cancellation) != token)
            return null;
        var name = await ReadUntilAsync(0, cancellation);
        var directory = await ReadUntilAsync(0, cancellation);
        var count = await ReadUntilAsync(0, cancellation);
        if (name is null || directory is null || !int.TryParse(count, CultureInfo.InvariantCulture, out var expected))
            return null;
        var words = new List<string> { name };
        for (var i = 0; i < expected; i++)
        {
            if (await ReadUntilAsync(0, cancellation) is not { } word)
                return null;
            words.Add(word);
        }
        return (words, directory);
    }

    /// <summary>Waits for a signal that the client relays.</summary>
    /// <returns>The signal's name; empty when the client is gone; null when the time is over.</returns>
    public async Task<string?> WaitForSignalAsync(TimeSpan limit, CancellationToken cancellation)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(limit);
        try
        {
            return (await ReadUntilAsync((byte)'\n', timer.Token))?.Replace("signal ", "", StringComparison.Ordinal) ?? "";
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public async Task PrintAsync(IEnumerable<Chunk> chunks, CancellationToken cancellation)
    {
        var frames = new StringBuilder();
        foreach (var chunk in chunks)
            frames.Append(chunk.Descriptor > 2 ? "f" + (char)('0' + chunk.Descriptor) : chunk.IsError ? "e" : "o")
                .Append(Escape(chunk.Text)).Append('\n');
        await stream.WriteAsync(Encoding.ASCII.GetBytes(frames.ToString()), cancellation);
    }

    public async Task SendAsync(string frame, CancellationToken cancellation) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(frame + "\n"), cancellation);

    public void Dispose() => stream.Dispose();

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var b in Utf8.GetBytes(text))
            if (b is >= 0x20 and < 0x7f and not (byte)'\\')
                escaped.Append((char)b);
            else
                escaped.Append("\\0").Append(Convert.ToString(b, 8).PadLeft(3, '0'));
        return escaped.ToString();
    }

    private async Task<string?> ReadUntilAsync(byte terminator, CancellationToken cancellation)
    {
        using var word = new MemoryStream();
        while (true)
        {
            if (start == end)
            {
                start = 0;
                end = await stream.ReadAsync(buffer, cancellation);
                if (end == 0)
                    return null;
            }
            var at = Array.IndexOf(buffer, terminator, start, end - start);
            word.Write(buffer, start, (at < 0 ? end : at) - start);
            start = at < 0 ? end : at + 1;
            if (at >= 0)
                return Utf8.GetString(word.GetBuffer(), 0, (int)word.Length);
        }
    }
}
