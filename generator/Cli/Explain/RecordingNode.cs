using VmRecovery.Model.Cleanup;

namespace VmRecovery.Cli.Explain;

/// <summary>A node on which everything exists until it is removed; notes the commands that a step would run.</summary>
internal sealed class RecordingNode : INode
{
    private readonly List<string> commands = [];
    private bool removed;

    /// <summary>The commands, in order.</summary>
    public IReadOnlyList<string> Commands => commands;

    /// <inheritdoc/>
    public bool Qm(params string[] words)
    {
        removed |= words is ["destroy", ..];
        return Note($"qm {string.Join(' ', words)}");
    }

    /// <inheritdoc/>
    public bool Pvesm(params string[] words)
    {
        removed |= words is ["free", ..];
        return Note($"pvesm {string.Join(' ', words)}");
    }

    /// <inheritdoc/>
    public bool VmExists(string vmid) => !removed;

    /// <inheritdoc/>
    public bool VolumeExists(string volume) => !removed;

    /// <inheritdoc/>
    public bool OwnsAllVolumes(string vmid) => false;

    /// <inheritdoc/>
    public bool IsOurs(string vmid) => !removed;

    /// <inheritdoc/>
    public bool ConfigHas(string vmid, string line) => false;

    /// <inheritdoc/>
    public bool HoldsForeignVolume(string vmid) => false;

    /// <inheritdoc/>
    public bool PathExists(string path) => !removed;

    /// <inheritdoc/>
    public void RemoveFile(string path) => removed = Note($"rm -f -- {path}");

    /// <inheritdoc/>
    public void RemoveDirectory(string path) => removed = Note($"rmdir -- {path}");

    /// <inheritdoc/>
    public void Leftover(string what, string command) => Note($"tell the user: {what} is still there; {command}");

    /// <inheritdoc/>
    public void LeftoverPath(string kind, string path, string command) => Leftover($"{kind} {path}", $"{command} {path}");

    private bool Note(string command)
    {
        commands.Add(command);
        return true;
    }
}
