using System.Diagnostics;
using System.Globalization;
using VmRecovery.Host.Processes;

namespace VmRecovery.Benchmarks;

/// <summary>Times of programs and of work, and how they are printed: always beside a peer of the same run.</summary>
internal static class Measurement
{
    /// <summary>Runs a program; its outcome does not matter, only that it ends.</summary>
    public static async Task RunAsync(string program, params string[] arguments) =>
        await ProcessRunner.RunAsync(program, arguments, timeLimit: TimeSpan.FromMinutes(5)).ConfigureAwait(false);

    /// <summary>Middle time of several runs of a program, after one that warms the caches.</summary>
    public static Task<TimeSpan> MedianAsync(int runs, string program, params string[] arguments) =>
        MedianAsync(runs, () => RunAsync(program, arguments));

    /// <summary>Middle time of several runs, after one that warms the caches.</summary>
    public static async Task<TimeSpan> MedianAsync(int runs, Func<Task> work)
    {
        await work().ConfigureAwait(false);
        var times = new List<TimeSpan>();
        for (var run = 0; run < runs; run++)
        {
            var watch = Stopwatch.StartNew();
            await work().ConfigureAwait(false);
            times.Add(watch.Elapsed);
        }
        return times.Order().ElementAt(runs / 2);
    }

    /// <summary>Prints a time and its ratio to the peer's.</summary>
    public static void Print(string what, TimeSpan time, TimeSpan peer, double? target) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-60} {time.TotalSeconds,7:0.000} s  {time / peer,5:0.00} x{(target is { } limit ? $"  target {limit:0.##} x" : "")}"));
}
