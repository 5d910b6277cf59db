using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VmRecovery.Host.Files;

/// <summary>Tells regular files from pipes and devices, which must not be opened: reading one may never end.</summary>
internal static partial class FileKind
{
    // struct statx (statx(2)): the mode is a 16-bit number at offset 28, on every architecture.
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int CurrentFolder = -100;
    private const uint TypeAndMode = 0x3;

    /// <summary>
    /// Returns the kind of a file that is none to read, such as <c>a pipe</c>; null for a regular file.
    /// </summary>
    public static string? WhyNotRegular(string path)
    {
        var buffer = new byte[256];
        if (StatX(CurrentFolder, path, 0, TypeAndMode, buffer) != 0)
            return "no such file or folder";
        return (BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(ModeOffset)) & TypeMask) switch
        {
            0x8000 => null,
            0x4000 => "a folder",
            0x1000 => "a pipe",
            0x2000 or 0x6000 => "a device",
            0xC000 => "a socket",
            _ => "no regular file",
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, [Out] byte[] buffer);
}
