using System.Globalization;
using System.Text;

namespace VmRecovery.Node.Simulated.Web;

/// <summary>A request as read from a connection.</summary>
internal sealed record WebRequest(string Method, string Host, string Path, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>Reads HTTP/1.1 requests from a stream and writes answers to it.</summary>
internal sealed class HttpConversation(Stream stream)
{
    private readonly List<byte> pending = [];

    /// <summary>Reads the next request; null when the client is done.</summary>
    public async Task<WebRequest?> ReadAsync(CancellationToken cancellation)
    {
        int headEnd;
        while ((headEnd = HeadEnd()) < 0)
            if (!await FillAsync(cancellation))
                return null;
        var lines = Encoding.ASCII.GetString([.. pending[..headEnd]]).Split("\r\n");
        pending.RemoveRange(0, headEnd + 4);
        var start = lines[0].Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
            if (line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
                headers[line[..colon]] = line[(colon + 1)..].Trim();
        var length = headers.TryGetValue("Content-Length", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        if (headers.ContainsKey("Expect"))
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancellation);
        while (pending.Count < length)
            if (!await FillAsync(cancellation))
                return null;
        var body = Encoding.UTF8.GetString([.. pending[..length]]);
        pending.RemoveRange(0, length);
        return new WebRequest(start[0], headers.GetValueOrDefault("Host", ""), start[1], headers, body);
    }

    /// <summary>Writes the head of an answer.</summary>
    public Task WriteHeadAsync(int status, long length, CancellationToken cancellation, string type = "application/octet-stream") =>
        stream.WriteAsync(
            Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"HTTP/1.1 {status} {(status < 300 ? "OK" : "Error")}\r\nContent-Type: {type}\r\nContent-Length: {length}\r\nAccept-Ranges: bytes\r\n\r\n")),
            cancellation).AsTask();

    /// <summary>Writes a part of the body.</summary>
    public Task WriteAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation) => stream.WriteAsync(body, cancellation).AsTask();

    /// <summary>Waits until the client hangs up.</summary>
    public async Task WaitForEndAsync(CancellationToken cancellation)
    {
        while (await FillAsync(cancellation))
            pending.Clear();
    }

    private int HeadEnd()
    {
        for (var i = 0; i + 3 < pending.Count; i++)
            if (pending[i] == '\r' && pending[i + 1] == '\n' && pending[i + 2] == '\r' && pending[i + 3] == '\n')
                return i;
        return -1;
    }

    private async Task<bool> FillAsync(CancellationToken cancellation)
    {
        var buffer = new byte[16384];
        var count = await stream.ReadAsync(buffer, cancellation);
        pending.AddRange(buffer.AsSpan(0, count));
        return count > 0;
    }
}
