using System.Globalization;
using System.Runtime.InteropServices;
using VmRecovery.Engine.Effects;
using VmRecovery.Engine.Native;

namespace VmRecovery.Engine.Running;

/// <summary>The first INT, TERM or HUP ends what runs; a second INT ends everything at once, and the journal stays.</summary>
internal sealed class SignalWatch : IDisposable
{
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly RunningJob[] jobs;
    private int first;

    public SignalWatch(params RunningJob[] jobs)
    {
        this.jobs = jobs;
        var ignored = Ignored();
        foreach (var (signal, number) in new[] { (PosixSignal.SIGINT, Signals.Interrupt), (PosixSignal.SIGTERM, Signals.Terminate), (PosixSignal.SIGHUP, Signals.Hangup) })
            // What was ignored when this began, as under nohup, stays ignored.
            if ((ignored & (1L << (number - 1))) == 0)
                registrations.Add(PosixSignalRegistration.Create(signal, context => Take(context, number)));
        // The command's own matter.
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => context.Cancel = true));
    }

    /// <inheritdoc/>
    public void Dispose() => registrations.ForEach(r => r.Dispose());

    private void Take(PosixSignalContext context, int signal)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref first, signal, 0) == 0)
        {
            foreach (var job in jobs)
                job.Take(signal);
        }
        else if (signal == Signals.Interrupt)
        {
            Environment.Exit(128 + Signals.Interrupt);
        }
    }

    private static long Ignored()
    {
        var line = File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("SigIgn:", StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line[7..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
