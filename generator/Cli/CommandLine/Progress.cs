namespace VmRecovery.Cli.CommandLine;

/// <summary>Tells a waiting user what is going on, once it has taken longer than a second.</summary>
/// <param name="error">Where to; null to stay silent.</param>
/// <param name="clock">The clock.</param>
internal sealed class Progress(TextWriter? error, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly long start = clock.GetTimestamp();

    /// <summary>Time since the command began.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(start);

    /// <summary>Runs a step; if the user has waited a second before it ends, it is named.</summary>
    public async Task<T> StepAsync<T>(string name, Task<T> step)
    {
        if (error is not null && Elapsed < Patience)
            await Task.WhenAny(step, Task.Delay(Patience - Elapsed, clock)).ConfigureAwait(false);
        if (error is not null && !step.IsCompleted)
            await error.WriteLineAsync($"vmrecovery: {name} …").ConfigureAwait(false);
        return await step.ConfigureAwait(false);
    }
}
