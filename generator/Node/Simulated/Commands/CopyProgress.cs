using System.Globalization;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary>The progress lines of a copy by <c>qemu-img</c>: one for each sixtieth, as on a real node one for each 1 to 3 %.</summary>
internal static class CopyProgress
{
    private const int Steps = 60;
    private const int StepOfFailure = 27;

    /// <summary>The lines of a whole copy, or of one that ends at 45 % because the storage is full.</summary>
    public static IEnumerable<string> Lines(long bytes, bool storageFull)
    {
        // A small image is copied at once.
        var step = bytes < 1 << 20 ? Steps : 1;
        if (storageFull && step == Steps)
            return [Line(bytes, 0)];
        var last = storageFull ? StepOfFailure : Steps;
        var lines = Enumerable.Range(0, (last / step) + 1).Select(n => Line(bytes, n * step));
        return storageFull ? lines : lines.Append(Line(bytes, Steps));
    }

    private static string Line(long bytes, int step) => string.Create(
        CultureInfo.InvariantCulture,
        $"transferred {ByteSize.Progress(bytes * step / Steps)} of {ByteSize.Progress(bytes)} ({100.0 * step / Steps:0.00}%)");
}
