using System.Globalization;
using VmRecovery.Engine.Calls;
using VmRecovery.Engine.Effects;
using VmRecovery.Engine.Native;
using VmRecovery.Model.Profiles;

namespace VmRecovery.Engine.Running;

/// <summary>Runs the user's command with the shims first on its PATH.</summary>
/// <param name="path">The program's path.</param>
/// <param name="words">Its words.</param>
/// <param name="folder">The run.</param>
/// <param name="calls">What its calls may do.</param>
/// <param name="job">What a signal ends.</param>
internal sealed class CommandAttempt(string path, IReadOnlyList<string> words, RunFolder folder, WatchedCalls calls, RunningJob job) : IAttempt
{
    /// <summary>The variable by which a run inside a run is known.</summary>
    public const string Marker = "VMRECOVERY_RUN";

    private static readonly TimeSpan SignalOnItsWay = TimeSpan.FromMilliseconds(100);
    private int? statusOfEnded;

    /// <inheritdoc/>
    public bool CanFallBackToFirstBoot { get; } =
        Scripts.All.Any(p => p.FirstBoot && words.Any(w => Path.GetFileNameWithoutExtension(w) == p.Script));

    /// <inheritdoc/>
    public int Run(Preparation preparation)
    {
        calls.Begin(ErrorsInScript.StopsAtErrors(path, words));
        statusOfEnded = null;
        calls.EndAttempt = () =>
        {
            statusOfEnded ??= calls.Record.Failed?.Status;
            job.End();
        };
        var variables = new List<(string, string)>
        {
            ("PATH", $"{folder.Shims}:{ProcessEnvironment.Get("PATH")}"),
            // One recovery is enough: a patched script behaves as it was.
            ("VM_RECOVERY", "off"),
            (Marker, folder.Path),
        };
        if (preparation.ImageToolsMemory > 0)
            variables.Add(("LIBGUESTFS_MEMSIZE", preparation.ImageToolsMemory.ToString(CultureInfo.InvariantCulture)));
        var plan = new SpawnPlan(path, words, ProcessEnvironment.With([.. variables]));
        var status = job.Run(plan, NoteProcess);
        // The terminal tells everybody; who hears it first is chance.
        if (status is 129 or 130 or 143 && job.Signal == 0)
            ProcessTable.Pause(SignalOnItsWay);
        return statusOfEnded ?? status;
    }

    private void NoteProcess(int process)
    {
        var id = process.ToString(CultureInfo.InvariantCulture);
        File.WriteAllBytes(folder.Attempt, ByteText.Bytes($"{id} {ProcessTable.StartOf(id)}\n"));
    }
}
