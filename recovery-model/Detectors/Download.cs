using System;

namespace VmRecovery.Model.Detectors;

/// <summary>The image on its way from the web, and whether what came is whole.</summary>
public static class Download
{
    /// <summary>curl or wget could not fetch the image, or what came is not one.</summary>
    /// <remarks>Every exit code of curl is a failed transfer (curl(1)); wget's 4 is the network (wget(1)).</remarks>
    [BashFunction("is_download_error")]
    [Claims("curl -fSL -o a.img https://example.org/a.img", 6, "curl: (6) Could not resolve host: example.org")]
    [Claims("curl -fSL -o a.img https://example.org/a.img", 22, "curl: (22) The requested URL returned error: 404")]
    [Claims("xz -t haos.qcow2.xz", 1, "xz: haos.qcow2.xz: Unexpected end of input")]
    [Claims("exit 115", 115, "")]
    [Claims("bash -c $(curl -fsSL https://example.org/a.sh)", 1, "curl: (22) The requested URL returned error: 404")]
    [Rejects("mkfs.ext4 /dev/sdz", 1, "mkfs.ext4: no such device\ncurl: (22) The requested URL returned error: 400")]
    [Rejects("gunzip a.img.gz", 2, "gzip: a.img already exists; not overwritten")]
    [Rejects("wget -q https://example.org/a.img", 4, "")]
    [Rejects("curl -fsSL https://example.org/releases | grep -m1 tag", 23, "curl: (23) Failure writing output to destination")]
    [Rejects("lxc-attach -n 100 -- bash", 0,
        "Container creation failed. Checking if template is corrupted or incomplete.")]
    [Rejects("qm create 2040 --pool x", 255, "Received an HTTP 400 response - Reason: Parameter verification failed.")]
    public static bool IsDownloadError(Failure failure) =>
        failure.Program is "curl" && failure.ExitCode is not (126 or 127) && !ReaderLeft(failure)
        || failure.Program is "wget" && failure.ExitCode is not (4 or 126 or 127)
        || failure.Program is "xz" or "unxz" or "gunzip" or "gzip" or "unzip" or "bunzip2"
        && failure.ExitCode is not (126 or 127)
        && !failure.Log.Matches("already exists|No such file or directory|other link")
        || Commands.Downloads(failure) && failure.Log.Matches(@"curl: ?\([0-9]+\)") && !ReaderLeft(failure)
        || failure.Log.Contains("Unexpected end of input")
        || failure.Log.Contains("File format not recognized")
        || failure.Log.Contains("Compressed data is corrupt")
        || failure.Log.Contains("not in gzip format")
        || failure.Log.Matches("gzip: .*: unexpected end of file")
        || failure.Log.Contains("invalid compressed data")
        || failure.Log.Contains("End-of-central-directory signature not found")
        || failure.Log.Contains("cannot find zipfile directory")
        || failure.Log.Contains("Unexpected EOF in archive")
        || failure.Log.Contains("does not look like a tar archive")
        || failure.Log.Contains("computed checksum did NOT match")
        || failure.Log.Mentions("checksum mismatch")
        || failure.Log.Matches("Downloaded file .* is corrupted")
        || Commands.GaveUp(failure) && failure.ExitCode is 115 or 222 or 250;

    /// <summary><c>curl … | grep -m1</c>: the reader had enough and closed the pipe. Nothing is broken.</summary>
    private static bool ReaderLeft(Failure failure) =>
        failure.ExitCode is 23 && failure.Command.Contains(" | ", StringComparison.Ordinal);
}
