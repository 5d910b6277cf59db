using System.Buffers.Binary;
using System.Security.Cryptography;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary>An image file that a script hands to the node: virtual size in bytes and a digest of its content.</summary>
internal sealed record SourceImage(long VirtualBytes, string Digest)
{
    /// <summary>True for a qcow2 file whose header is not whole.</summary>
    public bool IsDamaged { get; init; }
}

/// <summary>The files that a script sees, read from outside its sandbox.</summary>
/// <param name="root">Where the sandbox's root directory can be reached; empty for the machine's own.</param>
internal sealed class ScriptFiles(string root = "")
{
    private const uint QcowMagic = 0x514649fb;
    private const int QcowHeader = 72;

    public bool Exists(string path) => File.Exists(root + path);

    /// <summary>Adds text to the end of a file, as a program would that changes an image.</summary>
    public void Append(string path, string text)
    {
        if (Exists(path))
            File.AppendAllText(root + path, text);
    }

    /// <summary>Marks the images that an image tool was given (<c>-a FILE</c>).</summary>
    public void Customize(IReadOnlyList<string> words, string directory, string mark)
    {
        for (var i = 1; i + 1 < words.Count; i++)
            if (words[i] is "-a" or "--add")
                Append(Absolute(words[i + 1], directory), mark);
    }

    /// <summary>Leaves the part of an archive's content that was unpacked when <c>xz</c> or <c>gunzip</c> was killed.</summary>
    public void UnpackPart(IReadOnlyList<string> words, string directory)
    {
        var archive = Absolute(words[^1], directory);
        if (Exists(archive) && Path.GetExtension(archive) is ".xz" or ".gz" && !words.Contains("-t") && !words.Any(w => w.StartsWith('-') && w.Contains('c', StringComparison.Ordinal)))
            File.WriteAllBytes(root + Path.ChangeExtension(archive, null), "part of it\n"u8);
    }

    /// <summary>Looks at an image file; null when there is no regular file of that name.</summary>
    public SourceImage? Image(string path)
    {
        if (!Exists(path))
            return null;
        using var file = File.OpenRead(root + path);
        var header = new byte[32];
        var length = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        var isQcow = length > 4 && BinaryPrimitives.ReadUInt32BigEndian(header) == QcowMagic;
        var bytes = isQcow ? (long)BinaryPrimitives.ReadUInt64BigEndian(header.AsSpan(24)) : file.Length;
        file.Position = 0;
        return new SourceImage(bytes, Convert.ToHexStringLower(SHA256.HashData(file))[..16]) { IsDamaged = isQcow && file.Length < QcowHeader };
    }

    private static string Absolute(string path, string directory) => path.StartsWith('/') ? path : directory + "/" + path;
}
