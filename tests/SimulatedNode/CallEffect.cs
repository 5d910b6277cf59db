using System.Globalization;
using VmRecovery.SimulatedNode.Commands;
using VmRecovery.SimulatedNode.Faults;
using VmRecovery.SimulatedNode.State;

namespace VmRecovery.SimulatedNode;

/// <summary>What a call does to the node: all of it, none of it, or half. The caller holds the node's lock.</summary>
internal sealed class CallEffect(NodeState state, ScriptFiles files)
{
    /// <summary>Runs a command; null when the real program is to do it.</summary>
    public Reply? Run(IReadOnlyList<string> words, string directory)
    {
        if (words[0] is "virt-customize" or "virt-resize")
        {
            Customize(words, directory, "customized\n");
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
            Customize(words, "", "half customized\n");
        reply.Error(fault.Message ?? message);
        return reply;
    }

    private void Customize(IReadOnlyList<string> words, string directory, string mark)
    {
        for (var i = 1; i + 1 < words.Count; i++)
            if (words[i] is "-a" or "--add")
                files.Append(words[i + 1].StartsWith('/') ? words[i + 1] : directory + "/" + words[i + 1], mark);
    }

    /// <summary>Another admin makes a VM with the id that a <c>qm create</c> is about to use.</summary>
    public void TakeVmId(IReadOnlyList<string> words)
    {
        if (words is ["qm", "create", var id, ..] && int.TryParse(id, CultureInfo.InvariantCulture, out var taken))
            if (!state.Machines.ContainsKey(taken))
                state.AddForeignMachine(taken, "somebody-elses");
    }

    /// <summary>Another admin destroys the VM that a command is for and makes one of their own with its number.</summary>
    public void ReplaceVm(IReadOnlyList<string> words)
    {
        if (words is not ["qm", _, var id, ..] || !int.TryParse(id, CultureInfo.InvariantCulture, out var taken))
            return;
        state.Machines.Remove(taken);
        state.Volumes.RemoveAll(v => v.Owner == taken);
        state.AddForeignMachine(taken, "somebody-elses");
    }

    /// <summary>What a command leaves that is killed while it works.</summary>
    /// <returns>What it had printed by then.</returns>
    public Reply LeaveHalf(IReadOnlyList<string> words)
    {
        var reply = new Reply { ExitCode = 137 };
        try
        {
            LeaveHalf(words, reply);
        }
        catch (CommandFailure)
        {
            // It would have failed anyway: nothing is half done.
        }
        return reply;
    }

    private void LeaveHalf(IReadOnlyList<string> words, Reply reply)
    {
        var rest = words.Skip(2).ToList();
        switch (words)
        {
            case ["qm", "create", ..]:
                new QmCreate(state, reply, files).LeaveHalf(rest);
                break;
            case ["qm", "set", ..]:
                new QmSet(state, reply, files).LeaveHalf(rest);
                break;
            case ["qm", "importdisk", ..]:
                new QmDisk(state, reply, files).LeaveHalfImport(rest);
                break;
            case ["qm", "disk", "import", ..]:
                new QmDisk(state, reply, files).LeaveHalfImport([.. rest.Skip(1)]);
                break;
            case ["qm", "resize", ..]:
                new QmDisk(state, reply, files).LeaveHalfResize(rest);
                break;
            case ["qm", "disk", "resize", ..]:
                new QmDisk(state, reply, files).LeaveHalfResize([.. rest.Skip(1)]);
                break;
            case ["qm", "destroy", ..]:
                new QmDestroy(state, reply).LeaveHalf(rest);
                break;
            case ["qm", "start", ..]:
                new QmLifecycle(state, reply).Start(rest);
                break;
            case ["pvesm", "alloc", ..]:
                new Pvesm(state, reply).Alloc(rest);
                break;
            case ["virt-customize" or "virt-resize", ..]:
                Customize(words, "", "half customized\n");
                break;
        }
    }

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
