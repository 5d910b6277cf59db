using System.Globalization;
using VmRecovery.Node.Simulated.Commands;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated;

/// <summary>
/// What a command leaves that is killed while it works (reference/pve-observed.md, section 11). Its last lines are never
/// printed: they come when everything is done. What a worker task has to say nobody prints any more.
/// </summary>
internal sealed class KilledCommand(NodeState state, ScriptFiles files, IReadOnlyList<string> words, string directory)
{
    private readonly Reply reply = new() { ExitCode = 137 };

    /// <summary>What the child or the worker does that goes on for a moment: true when it could end it. Null for nothing.</summary>
    public Action<bool>? Later { get; private set; }

    /// <summary>The title of the worker task that goes on; null for none.</summary>
    public string? Worker { get; private set; }

    /// <summary>The program of the child that goes on, and the file that it writes; null for none.</summary>
    public string? Child { get; private set; }

    /// <summary>Leaves it half done.</summary>
    /// <returns>What it had printed by then.</returns>
    public Reply Leave()
    {
        try
        {
            LeaveHalf([.. words.Skip(2)]);
        }
        catch (CommandFailure)
        {
            // It would have failed anyway: nothing is half done.
        }
        return reply;
    }

    private void LeaveHalf(IReadOnlyList<string> rest)
    {
        var quiet = new Reply();
        switch (words)
        {
            case ["qm", "create", ..]:
                var create = new QmCreate(state, quiet, files);
                if (create.LeaveLock(rest) is { } id)
                {
                    Worker = string.Create(CultureInfo.InvariantCulture, $"task UPID:{state.Name}:00001000:00002000:69000000:qmcreate:{id}:root@pam:");
                    // Without disks nothing is printed on the way, and the worker ends its work.
                    Later = FaultTexts.MakesDisk(rest) ? _ => Silently(() => create.LeaveVolumes(rest)) : _ => create.Finish(rest);
                }
                break;
            case ["qm", "set", ..]:
                new QmSet(state, reply, files).LeaveHalf(rest);
                break;
            case ["qm", "importdisk", ..]:
                LeaveHalfImport(rest);
                break;
            case ["qm", "disk", "import", ..]:
                LeaveHalfImport([.. rest.Skip(1)]);
                break;
            case ["qm", "resize", ..]:
                new QmDisk(state, quiet, files).LeaveHalfResize(rest);
                break;
            case ["qm", "disk", "resize", ..]:
                new QmDisk(state, quiet, files).LeaveHalfResize([.. rest.Skip(1)]);
                break;
            case ["qm", "destroy", ..]:
                new QmDestroy(state, quiet).LeaveHalf(rest);
                break;
            case ["qm", "start", ..]:
                new QmLifecycle(state, quiet).Start(rest);
                break;
            case ["pvesm", "alloc", ..]:
                new Pvesm(state, reply).Alloc(rest);
                break;
            case ["virt-customize" or "virt-resize", ..]:
                files.Customize(words, directory, "half customized\n");
                break;
            case ["xz" or "unxz" or "gunzip", ..]:
                files.UnpackPart(words, directory);
                break;
        }
        // lvcreate and Proxmox say at the end what they made; only qemu-img says before what it is going to make.
        if (words is ["qm", "set", ..] or ["pvesm", "alloc", ..])
            reply.Chunks.RemoveAll(c => !c.Text.StartsWith("Formatting ", StringComparison.Ordinal) && !c.Text.StartsWith("update VM ", StringComparison.Ordinal));
    }

    private void LeaveHalfImport(IReadOnlyList<string> rest)
    {
        var import = new QmDisk(state, reply, files);
        var volume = import.LeaveHalfImport(rest);
        // qemu-img ends the copy alone, and until then nobody can remove the volume.
        volume.Busy = true;
        Child = "/usr/bin/qemu-img " + volume.Path;
        Later = copied =>
        {
            volume.Busy = false;
            if (copied)
                Silently(() => import.EndCopy(rest, volume, directory));
        };
    }

    private static void Silently(Action work)
    {
        try
        {
            work();
        }
        catch (CommandFailure)
        {
            // Nobody hears of it.
        }
    }
}
