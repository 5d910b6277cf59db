using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using VmRecovery.Node.Simulated.Faults;

namespace VmRecovery.Node.Simulated.Web;

/// <summary>
/// The internet of a script under test: one loopback port that speaks HTTP and HTTPS for every host, serves images,
/// libraries and pages, records telemetry, and breaks downloads as planned.
/// </summary>
internal sealed class LoopbackWeb : IAsyncDisposable
{
    private static readonly Lazy<X509Certificate2> Certificate = new(MakeCertificate);

    private readonly LoopbackPort port;
    private readonly WebContent content;
    private readonly Lock gate = new();
    private readonly List<Fetch> fetches = [];
    private readonly List<TelemetryRecord> telemetry = [];

    /// <summary>Starts the server.</summary>
    public LoopbackWeb(WebContent? content = null)
    {
        this.content = content ?? new WebContent();
        port = new LoopbackPort(TalkAsync);
    }

    public int Port => port.Number;

    /// <summary>Where downloads count as steps and meet their faults.</summary>
    public FaultPlan Faults { get; set; } = new();

    /// <summary>Sends a signal to the script; see <see cref="SimulatedNode.SendSignal"/>.</summary>
    public Action<Signal, bool>? SendSignal { get; set; }

    /// <summary>Kills the program that downloads, and nothing else.</summary>
    public Action? KillClient { get; set; }

    /// <summary>Hosts that nobody listens for: curl exits 7.</summary>
    public ISet<string> RefusedHosts { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Seconds after which every curl gives up; 0 for none. For <see cref="WebFault.Timeout"/>.</summary>
    public int CurlTimeLimit { get; set; }

    /// <summary>All answered requests so far.</summary>
    public IReadOnlyList<Fetch> Fetches
    {
        get
        {
            lock (gate)
                return [.. fetches];
        }
    }

    /// <summary>All telemetry records so far.</summary>
    public IReadOnlyList<TelemetryRecord> Telemetry
    {
        get
        {
            lock (gate)
                return [.. telemetry];
        }
    }

    /// <summary>The text of a .curlrc that sends every host here.</summary>
    public string CurlConfig()
    {
        var lines = new StringBuilder();
        foreach (var host in RefusedHosts)
            lines.Append("connect-to = \"").Append(host).Append("::127.0.0.1:1\"\n");
        lines.Append(System.Globalization.CultureInfo.InvariantCulture, $"connect-to = \"::127.0.0.1:{Port}\"\ninsecure\n");
        if (CurlTimeLimit > 0)
            lines.Append(System.Globalization.CultureInfo.InvariantCulture, $"max-time = {CurlTimeLimit}\n");
        return lines.ToString();
    }

    public ValueTask DisposeAsync() => port.DisposeAsync();

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=loopback", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2049, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    private async Task TalkAsync(Socket socket)
    {
        try
        {
            var first = new byte[1];
            if (await socket.ReceiveAsync(first, SocketFlags.Peek, port.Stopping) == 0)
                return;
            await using var plain = new NetworkStream(socket, ownsSocket: true);
            if (first[0] != 0x16)
            {
                await ServeAsync(socket, "http", plain);
                return;
            }
            await using var secure = new SslStream(plain);
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate.Value }, port.Stopping);
            await ServeAsync(socket, "https", secure);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException
            or System.Security.Authentication.AuthenticationException)
        {
            // The client hung up, or was killed.
        }
        finally
        {
            socket.Dispose();
        }
    }

    private async Task ServeAsync(Socket socket, string scheme, Stream stream)
    {
        var http = new HttpConversation(stream);
        while (await http.ReadAsync(port.Stopping) is { } request)
            if (!await AnswerAsync(socket, http, scheme, request))
                return;
    }

    private async Task<bool> AnswerAsync(Socket socket, HttpConversation http, string scheme, WebRequest request)
    {
        var url = $"{scheme}://{request.Host}{request.Path.Split('?')[0]}";
        if (request.Method == "POST")
        {
            lock (gate)
                telemetry.Add(TelemetryRecord.Parse(request.Body));
            await http.WriteHeadAsync(200, 0, port.Stopping);
            return true;
        }
        var (body, isImage) = await content.FindAsync(request.Host, request.Path);
        var isDownload = isImage && request.Method == "GET";
        var fault = isDownload ? Faults.Strike("download " + url, isStep: true) : null;
        if (fault is not null && fault.Kind != FaultKind.ForeignTakesVmId)
            return await new BrokenDownload(socket, http, SendSignal, KillClient, (status, bytes) => Record("GET", url, status, bytes))
                .SendAsync(body!, fault, port.Stopping);
        var (status, offset) = body is null ? (404, 0) : request.Headers.GetValueOrDefault("Range") is { } range && Offset(range) < body.Length
            ? (206, Offset(range))
            : (200, 0);
        var rest = (body ?? []).AsMemory(offset);
        Record(request.Method, url, status, request.Method == "HEAD" ? 0 : rest.Length);
        await http.WriteHeadAsync(status, rest.Length, port.Stopping);
        if (request.Method != "HEAD")
            await http.WriteAsync(rest, port.Stopping);
        return true;
    }

    private static int Offset(string range) =>
        range.StartsWith("bytes=", StringComparison.Ordinal) && int.TryParse(range[6..].Split('-')[0], out var offset) ? offset : 0;

    private void Record(string method, string url, int status, long bytes)
    {
        lock (gate)
            fetches.Add(new Fetch(method, url, status, bytes));
    }
}
