using VmRecovery.Node.Simulated.Commands;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Simulated;

/// <summary>What a command leaves and says whose worker task is killed (reference/pve-observed.md, section 14).</summary>
internal sealed class KilledWorker(NodeState state, ScriptFiles files, IReadOnlyList<string> words)
{
    /// <summary>True for commands that do their work in a worker task.</summary>
    public static bool HasWorker(IReadOnlyList<string> words) => words switch
    {
        ["qm", "create" or "destroy" or "start" or "stop" or "shutdown" or "reboot" or "reset" or "resize" or "clone" or "template"
            or "move_disk" or "move-disk", ..] => true,
        ["qm", "disk", "resize" or "move", ..] => true,
        ["pvesm", "free", ..] => true,
        _ => false,
    };

    /// <summary>Leaves it half done; the command itself only knows that its worker is silent.</summary>
    public Reply Leave()
    {
        var reply = new Reply { ExitCode = 255 };
        try
        {
            LeaveHalf(new Reply());
        }
        catch (CommandFailure)
        {
            // It would have failed anyway: nothing is half done.
        }
        reply.Error("got unexpected control message: ");
        return reply;
    }

    private void LeaveHalf(Reply quiet)
    {
        IReadOnlyList<string> rest = [.. words.Skip(2)];
        switch (words)
        {
            case ["qm", "create", ..]:
                var create = new QmCreate(state, quiet, files);
                if (create.LeaveLock(rest) is not null)
                    create.LeaveVolumes(rest, atMost: 1);
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
        }
    }
}
