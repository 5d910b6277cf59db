using System.Buffers.Binary;

namespace VmRecovery.Engine.Native;

/// <summary>What the kernel says of a file (statx(2)).</summary>
/// <param name="Owner">Its owner's user id.</param>
/// <param name="Mode">Its type and permissions.</param>
/// <param name="Born">When it came into being, in nanoseconds since 1970; 0 when that is not known.</param>
/// <param name="Written">When it was last written to, in nanoseconds since 1970.</param>
/// <param name="Place">Its device and number: the same for two names of one file.</param>
internal sealed record FileFacts(uint Owner, int Mode, long Born, long Written, (ulong Device, ulong Number) Place)
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint Everything = 0xfff;

    public bool IsDirectory => (Mode & 0xf000) == 0x4000;

    public bool IsFile => (Mode & 0xf000) == 0x8000;

    /// <summary>Looks at a path; a link itself unless it is to be followed.</summary>
    /// <returns>The facts; null when nothing is there.</returns>
    public static unsafe FileFacts? Of(string path, bool follow = false)
    {
        var bytes = stackalloc byte[256];
        if (Libc.Stat(CurrentDirectory, path, follow ? 0 : NoFollow, Everything, bytes) != 0)
            return null;
        var facts = new ReadOnlySpan<byte>(bytes, 256);
        return new FileFacts(
            BinaryPrimitives.ReadUInt32LittleEndian(facts[20..]),
            BinaryPrimitives.ReadUInt16LittleEndian(facts[28..]),
            Time(facts[80..]),
            Time(facts[112..]),
            (BinaryPrimitives.ReadUInt64LittleEndian(facts[136..]), BinaryPrimitives.ReadUInt64LittleEndian(facts[32..])));
    }

    private static long Time(ReadOnlySpan<byte> time) =>
        (BinaryPrimitives.ReadInt64LittleEndian(time) * 1_000_000_000) + BinaryPrimitives.ReadUInt32LittleEndian(time[8..]);
}
