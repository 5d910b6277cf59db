using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.State;
using VmRecovery.Node.Simulated.Web;

namespace VmRecovery.Node.Simulated.Sandbox;

/// <summary>One script to run in a sandbox.</summary>
/// <param name="Script">Its whole text.</param>
internal sealed record Execution(string Script)
{
    /// <summary>False: run as users do, <c>bash -c "$(cat script)"</c>. True: as a file.</summary>
    public bool AsFile { get; init; }

    /// <summary>The words of a program that runs the script; none for the script itself.</summary>
    public IReadOnlyList<string> Prefix { get; init; } = [];

    /// <summary>Variables in addition to the sandbox's own, such as VM_RECOVERY.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The faults of this execution; null for those of the run.</summary>
    public FaultPlan? Faults { get; init; }
}

/// <summary>A file that was there after a run.</summary>
internal sealed record LeftFile(char Kind, string Mode, long Bytes, string Path);

/// <summary>What one execution left.</summary>
internal sealed record ExecutionResult
{
    public required int ExitCode { get; init; }

    /// <summary>Both outputs, in order.</summary>
    public required string Output { get; init; }

    /// <summary>VMs and volumes at the end.</summary>
    public required NodeSnapshot Node { get; init; }

    /// <summary>Calls of qm, pvesm, pvesh, pct, pveversion and lvs during this execution.</summary>
    public required IReadOnlyList<Call> Calls { get; init; }

    /// <summary>Calls of stand-ins: virt-customize, virt-resize, apt-get.</summary>
    public required IReadOnlyList<Call> ExternalCalls { get; init; }

    public required IReadOnlyList<Fetch> Fetches { get; init; }

    public required IReadOnlyList<TelemetryRecord> Telemetry { get; init; }

    public required IReadOnlyList<Dialog> Dialogs { get; init; }

    /// <summary>The steps at which a fault could strike.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>The faults that struck.</summary>
    public required IReadOnlyList<Fault> Struck { get; init; }

    /// <summary>Everything below /tmp, /var/tmp, /var/lib/vz, /run, /root and /usr/local/community-scripts.</summary>
    public required IReadOnlyList<LeftFile> Files { get; init; }

    /// <summary>Command lines of processes that were still there some time after the end.</summary>
    public required IReadOnlyList<string> Processes { get; init; }

    /// <summary>How many mounts there were more than before.</summary>
    public required int Mounts { get; init; }

    /// <summary>Where copies of the small files of /tmp, /run and /root were put: by path, the content.</summary>
    public required IReadOnlyDictionary<string, string> Texts { get; init; }
}
