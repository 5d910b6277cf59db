using System.Runtime.InteropServices;

namespace VmRecovery.Bash.Tests;

/// <summary>CPU time of the current thread: what other work the machine does is not in it.</summary>
internal static partial class ThreadTime
{
    private const int ThreadClock = 3;

    /// <summary>The time so far, in milliseconds.</summary>
    public static double Milliseconds
    {
        get
        {
            if (GetTime(ThreadClock, out var time) != 0)
                throw new InvalidOperationException("clock_gettime failed");
            return (time.Seconds * 1000.0) + (time.Nanoseconds / 1e6);
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
