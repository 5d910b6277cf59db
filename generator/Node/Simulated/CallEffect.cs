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
        reply.Error(fault.Message ?? message);
        return reply;
    }

    /// <summary>A command on a ZFS pool whose volumes are made, and whose devices appear too late.</summary>
    public Reply? FailedLate(IReadOnlyList<string> words, string directory)
    {
        foreach (var storage in state.Storages.Values)
            storage.LinksTooLate = true;
        var reply = Run(words, directory);
        foreach (var storage in state.Storages.Values)
            storage.LinksTooLate = false;
        return reply;
    }

    /// <summary>Another admin makes a VM with the id that a <c>qm create</c> is about to use.</summary>
    public void TakeVmId(IReadOnlyList<string> words)
    {
        if (words is ["qm", "create", var id, ..] && int.TryParse(id, CultureInfo.InvariantCulture, out var taken))
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
