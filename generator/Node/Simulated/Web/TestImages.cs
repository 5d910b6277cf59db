using System.IO.Compression;
using CliWrap;

namespace VmRecovery.Node.Simulated.Web;

/// <summary>Small real images in the formats that scripts download; made once by the real programs, then kept.</summary>
internal static class TestImages
{
    private static readonly Lazy<Task<IReadOnlyDictionary<string, byte[]>>> All = new(MakeAsync);

    /// <summary>The bytes for a file name, chosen by its ending; null when it is not an image's.</summary>
    public static async Task<byte[]?> ForAsync(string fileName)
    {
        var kind = fileName switch
        {
            _ when fileName.EndsWith(".qcow2.xz", StringComparison.Ordinal) => "qcow2.xz",
            _ when fileName.EndsWith(".qcow2.gz", StringComparison.Ordinal) => "qcow2.gz",
            _ when fileName.EndsWith(".xz", StringComparison.Ordinal) => "raw.xz",
            _ when fileName.EndsWith(".gz", StringComparison.Ordinal) => "raw.gz",
            _ when fileName.EndsWith(".zip", StringComparison.Ordinal) => "raw.zip",
            _ when fileName.EndsWith("cloudimg-amd64.img", StringComparison.Ordinal) => "qcow2",
            _ when fileName.EndsWith(".qcow2", StringComparison.Ordinal) => "qcow2",
            _ when fileName.EndsWith(".img", StringComparison.Ordinal) || fileName.EndsWith(".raw", StringComparison.Ordinal)
                || fileName.EndsWith(".iso", StringComparison.OrdinalIgnoreCase) => "raw",
            _ => "",
        };
        return kind.Length == 0 ? null : (await All.Value)[kind];
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> MakeAsync()
    {
        var directory = Directory.CreateTempSubdirectory("vmrecovery-images-").FullName;
        try
        {
            var raw = new byte[1 << 20];
            // Half noise that does not compress, half zeros, always the same.
            var noise = 12345u;
            for (var i = 0; i < raw.Length / 2; i++)
                raw[i] = (byte)((noise = noise * 1664525 + 1013904223) >> 24);
            var rawPath = Path.Combine(directory, "disk.raw");
            var qcowPath = Path.Combine(directory, "disk.qcow2");
            await File.WriteAllBytesAsync(rawPath, raw);
            await RunAsync("qemu-img", "convert", "-f", "raw", "-O", "qcow2", rawPath, qcowPath);
            await RunAsync("qemu-img", "resize", "-q", qcowPath, "2G");
            await RunAsync("xz", "-0", "-k", rawPath);
            await RunAsync("xz", "-0", "-k", qcowPath);
            var qcow = await File.ReadAllBytesAsync(qcowPath);
            return new Dictionary<string, byte[]>
            {
                ["raw"] = raw,
                ["qcow2"] = qcow,
                ["raw.xz"] = await File.ReadAllBytesAsync(rawPath + ".xz"),
                ["qcow2.xz"] = await File.ReadAllBytesAsync(qcowPath + ".xz"),
                ["raw.gz"] = Gzip(raw),
                ["qcow2.gz"] = Gzip(qcow),
                ["raw.zip"] = Zip(raw),
            };
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await Cli.Wrap(program).WithArguments(arguments).ExecuteAsync(limit.Token);
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(content);
        return packed.ToArray();
    }

    private static byte[] Zip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry("disk.img", CompressionLevel.Fastest).Open())
            entry.Write(content);
        return packed.ToArray();
    }
}
