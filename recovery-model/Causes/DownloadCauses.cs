using System.Collections.Immutable;

namespace VmRecovery.Model.Causes;

/// <summary>Causes of a download that failed or is damaged.</summary>
public static class DownloadCauses
{
    /// <summary>Every cause, the most telling first.</summary>
    [Tells("no-name", "curl -fSL -o a.img https://example.org/a.img", 6,
        "curl: (6) Could not resolve host: example.org",
        "The node can't resolve the name example.org.")]
    [Tells("no-name", "curl -fsSLO https://example.org/a.img", 6, "", "The node can't resolve the name example.org.")]
    [Tells("no-proxy", "curl -fsSLO https://example.org/a.img", 5, "", "The name of the proxy can't be resolved.")]
    [Tells("no-answer", "curl -fsSLO https://example.org/a", 28,
        "curl: (28) Failed to connect to example.org port 443 after 130001 ms: Timeout was reached",
        "example.org did not answer in time.")]
    [Tells("no-connection", "curl -fsSLO https://example.org/a", 7,
        "curl: (7) Failed to connect to example.org port 443 after 2 ms: Could not connect to server",
        "No connection to example.org could be made.")]
    [Tells("too-slow", "curl -fsSLO https://example.org/a", 28,
        "curl: (28) Operation too slow",
        "example.org did not answer in time, or sent too slowly.")]
    [Tells("tls", "curl -fsSLO https://example.org/a", 60,
        "curl: (60) SSL certificate problem: certificate is not yet valid",
        "The secure connection to the server failed (TLS).")]
    [Tells("not-found", "curl -fsSLO https://example.org/a", 22,
        "curl: (22) The requested URL returned error: 404",
        "The file is not at this address any more (404).")]
    [Tells("http-error", "curl -fsSLO https://example.org/a", 22,
        "curl: (22) The requested URL returned error: 503",
        "The server refused the download with status 503.")]
    [Tells("cut-off", "curl -fsSLO https://example.org/a", 18,
        "curl: (18) transfer closed with 9 bytes remaining to read",
        "The connection broke before the download was complete.")]
    [Tells("not-written", "wget -q https://example.org/a", 3, "", "The downloaded data could not be written.")]
    [Tells("checksum", "sha256sum -c a.sha256", 1,
        "sha256sum: WARNING: 1 computed checksum did NOT match",
        "The checksum of the downloaded file is wrong.")]
    [Tells("damaged", "xz -t haos.qcow2.xz", 1,
        "xz: haos.qcow2.xz: Unexpected end of input",
        "haos.qcow2.xz is damaged or incomplete.")]
    [Tells("unpacking", "unxz a.img.xz", 1, "", "The downloaded file could not be unpacked.")]
    [Tells("script-says", "exit 115", 115, "", "The script says that the download failed.")]
    [Tells("server-error", "wget -q https://example.org/a", 8, "", "The server refused the download.")]
    public static readonly ImmutableArray<Cause> All =
    [
        new("no-name", @"[Cc]ould not resolve (?:host|hostname)?:? ?([A-Za-z0-9._-]+)|resolve host address '([A-Za-z0-9._-]+)'",
            "The node can't resolve the name {1}{2}.", "Check the DNS servers of this node: System > DNS"),
        new("no-name", @"^curl [^\n:]*://([A-Za-z0-9._-]+)[^\n]*\n\(6\)", "The node can't resolve the name {1}."),
        new("no-proxy", @"resolve proxy|\n\(5\)\n",
            "The name of the proxy can't be resolved.", "Check it: env | grep -i proxy"),
        new("no-answer", @"[Ff]ailed to connect to ([A-Za-z0-9._-]+)[^\n]*(?:[Tt]imed out|[Tt]imeout)",
            "{1} did not answer in time."),
        new("no-connection", @"[Ff]ailed to connect to ([A-Za-z0-9._-]+)", "No connection to {1} could be made."),
        new("no-connection", @"^curl [^\n:]*://([A-Za-z0-9._-]+)[^\n]*\n\(7\)", "No connection to {1} could be made."),
        new("too-slow", @"^curl [^\n:]*://([A-Za-z0-9._-]+)[^\n]*\n\(28\)",
            "{1} did not answer in time, or sent too slowly."),
        new("too-slow", @"curl: ?\(28\)|\n\(28\)\n", "The server did not answer in time, or sent too slowly."),
        new("tls", @"curl: ?\((?:35|51|58|60|77|83|90|91)\)|\n\((?:35|60)\)\n|SSL certificate|certificate verif",
            "The secure connection to the server failed (TLS).",
            "Check the node's clock: timedatectl. A proxy may stand between."),
        new("not-found", @"returned error: 404|ERROR 404",
            "The file is not at this address any more (404).",
            "The script may be too old: get it again from its source."),
        new("http-error", @"returned error: ([0-9]+)|ERROR ([0-9]+):",
            "The server refused the download with status {1}{2}.", "Try again later; the server's side is the cause."),
        new("cut-off", @"curl: ?\((?:16|18|52|55|56|92)\)|\n\((?:18|52|56|92)\)\n",
            "The connection broke before the download was complete."),
        new("not-written", @"curl: ?\(23\)|curl\(23\)|\n\(23\)\n|^wget [^\n]*\n\(3\)",
            "The downloaded data could not be written.", "See if the file system is full: df -h"),
        new("checksum", @"checksum did NOT match|[Cc]hecksum mismatch",
            "The checksum of the downloaded file is wrong.", "Delete the file and download it again."),
        new("damaged", @"(?:xz|unxz|gzip|zstd|bzip2): ([^:\n(]+): (?:[Uu]nexpected end|File format|Compressed data|not in gzip|invalid compressed)",
            "{1} is damaged or incomplete.", "Delete the file and download it again."),
        new("damaged", @"[Uu]nexpected (?:end|EOF)|[Ff]ormat not recognized|corrupt|End-of-central|zipfile|tar archive|gzip format|compressed data|unsupported format",
            "The downloaded file is damaged, or is not what its name says."),
        new("unpacking", @"^(?:xz|unxz|gunzip|gzip|unzip|bunzip2) ",
            "The downloaded file could not be unpacked.", "Delete the file and download it again."),
        new("script-says", @"^exit (?:115|222|250)\n", "The script says that the download failed."),
        new("server-error", @"^wget [^\n]*\n\(8\)",
            "The server refused the download.", "The script may be too old: get it again from its source."),
    ];
}
