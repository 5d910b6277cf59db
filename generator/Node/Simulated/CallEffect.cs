using System.Globalization;
using VmRecovery.Node.Simulated.Commands;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated;

/// <summary>What a call does to the node: all of it, none of it, or half. The caller holds the node's lock.</summary>
internal sealed class CallEffect(NodeState state, ScriptFiles files)
{
    /// <summary>Runs a command; null when the real program is to do it.</summary>
    public Reply? Run(IReadOnlyList<string> words, string directory)
    {
        if (words[0] is "virt-customize" or "virt-resize")
        {
            files.Customize(words, directory, "customized\n");
            return new Reply();
        }
        if (words[0] is "apt-get" or "apt")
            return new Reply();
        if (!ClientScript.Programs.Contains(words[0]))
            return null;
        return new NodeCommands(state, files).Run(words, directory);
    }

    /// <summary>A command that fails as planned; nothing changes, but an image may be half customized.</summary>
    public Reply Failed(IReadOnlyList<string> words, Fault fault)
    {
        var (message, exitCode) = FaultTexts.Of(words);
        var reply = new Reply { ExitCode = fault.ExitCode ?? exitCode };
        if (words is ["qm", "set", var id, _, ..])
            reply.Out($"update VM {id}: {string.Join(' ', words.Skip(3))}");
        if (words[0] is "virt-customize" or "virt-resize")
            files.Customize(words, "", "half customized\n");
        if (words is ["qm", "importdisk", ..] or ["qm", "disk", "import", ..] && fault.Message is null)
            SayHalfCopied(words, reply);
        reply.Error(fault.Message ?? message);
        return reply;
    }

    private static void SayHalfCopied(IReadOnlyList<string> words, Reply reply)
    {
        var rest = words.Skip(words[1] == "disk" ? 3 : 2).ToList();
        reply.Out($"importing disk '{rest.ElementAtOrDefault(1)}' to VM {rest.ElementAtOrDefault(0)} ...");
        foreach (var line in CopyProgress.Lines(40L << 20, storageFull: true))
            reply.Out(line);
    }

    /// <summary>A command whose volumes are made, and that fails then: a device appears too late, a cloud-init image is not written.</summary>
    public Reply? FailedLate(IReadOnlyList<string> words, string directory)
    {
        foreach (var storage in state.Storages.Values)
            storage.LinksTooLate = true;
        state.CloudInitFails = true;
        var reply = Run(words, directory);
        state.CloudInitFails = false;
        foreach (var storage in state.Storages.Values)
            storage.LinksTooLate = false;
        return reply;
    }

    /// <summary>Another admin makes a VM with the id that a <c>qm create</c> is about to use.</summary>
    public void TakeVmId(IReadOnlyList<string> words)
    {
        var id = words switch
        {
            ["qm", "create", var number, ..] => number,
            ["pvesh", "create", _, "-vmid", var number, ..] => number,
            _ => "",
        };
        if (int.TryParse(id, CultureInfo.InvariantCulture, out var taken))
            if (state.OwnerOf(taken) is null)
                state.AddForeignMachine(taken, "somebody-elses");
    }

    /// <summary>Another admin destroys the VM that a command is for and makes one of their own with its number.</summary>
    public void ReplaceVm(IReadOnlyList<string> words)
    {
        if (words is ["qm", _, var id, ..] && int.TryParse(id, CultureInfo.InvariantCulture, out var taken))
            ReplaceVm(taken);
    }

    /// <summary>The same for the VM that the script made last.</summary>
    public void ReplaceVm()
    {
        if (state.Machines.Values.LastOrDefault(m => m.MadeByScript) is { } machine)
            ReplaceVm(machine.Id);
    }

    private void ReplaceVm(int taken)
    {
        // As `qm destroy` does: what the configuration does not name stays.
        if (state.Machines.Remove(taken, out var machine))
            state.Volumes.RemoveAll(v => v.Owner == taken && machine.Config.Values.Any(c => DiskWork.VolumeIdOf(c) == v.Id));
        state.AddForeignMachine(taken, "somebody-elses");
    }

    /// <summary>A backup of the VM begins that a command is for, and locks it.</summary>
    public void BeginBackup(IReadOnlyList<string> words)
    {
        if (words.Skip(1).FirstOrDefault(w => int.TryParse(w, CultureInfo.InvariantCulture, out _)) is { } id)
            if (state.Machines.GetValueOrDefault(int.Parse(id, CultureInfo.InvariantCulture)) is { Lock: null } machine)
                machine.Config["lock"] = "backup";
    }

    /// <summary>A command whose worker task is killed while it works.</summary>
    public Reply WorkerKilled(IReadOnlyList<string> words) => new KilledWorker(state, files, words).Leave();

    /// <summary>A command that is killed while it works.</summary>
    public KilledCommand Killed(IReadOnlyList<string> words, string directory) => new(state, files, words, directory);

    /// <summary>What a command leaves and says that a signal reaches; null when it dies of the signal.</summary>
    public Reply? Interrupted(IReadOnlyList<string> words, Signal signal)
    {
        if (FaultTexts.Interrupted(words, signal) is not var (message, exitCode))
            return null;
        var reply = new Reply { ExitCode = exitCode };
        if (words is ["qm", "destroy", ..])
            new QmDestroy(state, reply).LeaveVolume([.. words.Skip(2)]);
        if (message.Length > 0)
            reply.Error(message);
        return reply;
    }
}
