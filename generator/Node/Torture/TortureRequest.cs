using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Torture;

/// <summary>A script and the plans to torture it with.</summary>
/// <param name="ScriptPath">The script, patched or not.</param>
internal sealed record TortureRequest(string ScriptPath)
{
    /// <summary>The choices to try at every single fault: option ids of the menu.</summary>
    public IReadOnlyList<string> Recovery { get; init; } = ["retry", "keep", "abort"];

    /// <summary>Also fail a second step, of the clean-up or of the retry.</summary>
    public bool Pairs { get; init; }

    /// <summary>Every how many-th pair is run; 1 for all.</summary>
    public int PairStride { get; init; } = 1;

    /// <summary>Also send INT, TERM and HUP at every step.</summary>
    public bool Signals { get; init; }

    /// <summary>Also kill at every step and run again.</summary>
    public bool Kills { get; init; }

    /// <summary>Also kill and interrupt the worker tasks of Proxmox's commands, and let them go on alone.</summary>
    public bool Workers { get; init; }

    /// <summary>Also write commands so that they pass by the wrappers: by path, behind other programs, as API calls.</summary>
    public bool Hidden { get; init; }

    /// <summary>A program that runs the script, unpatched, under recovery; null to run the script itself.</summary>
    public CommandPrefix? Native { get; init; }

    /// <summary>Storage that gets the disks.</summary>
    public StorageKind Storage { get; init; } = StorageKind.LvmThin;

    /// <summary>Folders that serve <c>NAME.func</c>.</summary>
    public IReadOnlyList<string> Libraries { get; init; } = [];

    /// <summary>Pages that the script reads: how their URL ends, and the file with their text.</summary>
    public IReadOnlyDictionary<string, string> Pages { get; init; } = new Dictionary<string, string>();

    public bool Json { get; init; }

    /// <summary>Time limit of one run.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How many runs go on at once.</summary>
    public int Parallel { get; init; } = Environment.ProcessorCount * 2;
}
