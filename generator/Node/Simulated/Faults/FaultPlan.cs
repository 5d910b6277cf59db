namespace VmRecovery.Node.Simulated.Faults;

/// <summary>Counts the steps of a run and says which fault strikes at each. Thread-safe.</summary>
internal sealed class FaultPlan(params IReadOnlyList<Fault> faults)
{
    private readonly Lock gate = new();
    private readonly List<Step> steps = [];
    private readonly List<Fault> struck = [];
    private readonly int[] seen = new int[faults.Count];

    /// <summary>All steps so far.</summary>
    public IReadOnlyList<Step> Steps
    {
        get
        {
            lock (gate)
                return [.. steps];
        }
    }

    /// <summary>The faults that struck, in order.</summary>
    public IReadOnlyList<Fault> Struck
    {
        get
        {
            lock (gate)
                return [.. struck];
        }
    }

    /// <summary>Asks about a command line: the fault that strikes here, or null.</summary>
    /// <param name="commandLine">The words, joined with blanks.</param>
    /// <param name="isStep">True when it counts as a step.</param>
    public Fault? Strike(string commandLine, bool isStep)
    {
        lock (gate)
        {
            if (isStep)
                steps.Add(new Step(steps.Count + 1, commandLine));
            Fault? hit = null;
            for (var i = 0; i < faults.Count; i++)
            {
                var fault = faults[i];
                var here = fault.Pattern is null
                    ? isStep && fault.Step == steps.Count
                    : fault.Pattern.IsMatch(commandLine) && (++seen[i] == fault.Occurrence || fault.Occurrence == 0);
                if (here)
                    hit ??= fault;
            }
            if (hit is not null)
                struck.Add(hit);
            return hit;
        }
    }

    /// <summary>True for commands that change the node or cost much: the ones that count as steps.</summary>
    public static bool IsStep(IReadOnlyList<string> words) => words switch
    {
        ["qm", "create" or "set" or "importdisk" or "resize" or "start" or "sendkey" or "destroy" or "unlock" or "clone" or "template" or "move_disk" or "move-disk", ..] => words[^1] != "--help",
        ["qm", "disk", "import" or "resize" or "move", ..] => words[^1] != "--help",
        ["pvesm", "alloc" or "free", ..] => true,
        ["pvesh", "create" or "set" or "delete", ..] => true,
        ["virt-customize" or "virt-resize" or "xz" or "unxz" or "gunzip" or "unzip" or "qemu-img" or "download", ..] => true,
        _ => false,
    };
}
