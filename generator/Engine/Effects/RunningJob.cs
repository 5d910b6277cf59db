using VmRecovery.Engine.Native;

namespace VmRecovery.Engine.Effects;

/// <summary>The program that the run waits for, which a signal ends.</summary>
internal sealed class RunningJob
{
    /// <summary>ENOEXEC: the kernel does not know how to run the file.</summary>
    public const int NoInterpreter = 8;

    private readonly Lock gate = new();
    private ChildProcess? current;

    /// <summary>The signal that came; 0 for none.</summary>
    public int Signal { get; private set; }

    /// <summary>Starts a program and waits for its end.</summary>
    /// <param name="plan">The program.</param>
    /// <param name="started">Told of its process.</param>
    /// <returns>Its status; 126 when it can't be started.</returns>
    public int Run(SpawnPlan plan, Action<int>? started = null)
    {
        ChildProcess? child;
        lock (gate)
        {
            if (Signal != 0)
                return 128 + Signal;
            (child, var error) = ChildProcess.Start(plan);
            // A file without a first line that names its interpreter is a shell script, as for a shell.
            if (error == NoInterpreter)
                (child, _) = ChildProcess.Start(plan with { Path = "/bin/bash", Words = ["bash", plan.Path, .. plan.Words.Skip(1)] });
            current = child;
        }
        if (child is null)
            return 126;
        started?.Invoke(child.Id);
        var status = child.Wait();
        lock (gate)
            current = null;
        return status;
    }

    /// <summary>Ends what runs, with everything below it, and returns at once.</summary>
    public void End()
    {
        int? process;
        lock (gate)
            process = current?.Id;
        if (process is { } id)
            new Thread(() => ProcessTable.EndTree(id)) { IsBackground = true, Name = "end" }.Start();
    }

    /// <summary>Takes a signal: what runs ends, and nothing new begins.</summary>
    public void Take(int signal)
    {
        lock (gate)
            Signal = signal;
        End();
    }
}
