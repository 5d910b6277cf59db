using VmRecovery.Engine.Effects;
using VmRecovery.Engine.Native;
using VmRecovery.Model.Cleanup;
using VmRecovery.Model.Ownership;

namespace VmRecovery.Engine.Cleaning;

/// <summary>The node as the policy's cleanup steps see it.</summary>
internal sealed class JournalNode(Belongings belongings, INodeView node, Action<string> say) : INode
{
    /// <inheritdoc/>
    public bool Qm(params string[] words) => node.Run(["qm", .. words]);

    /// <inheritdoc/>
    public bool Pvesm(params string[] words) => node.Run(["pvesm", .. words]);

    /// <inheritdoc/>
    public bool VmExists(string vmid) => node.Exists(vmid);

    /// <inheritdoc/>
    public bool IsOurs(string vmid) => belongings.Machine(vmid).IsOurs;

    /// <inheritdoc/>
    public bool ConfigHas(string vmid, string line) => new MachineConfig(node.Config(vmid)).Has(line);

    /// <inheritdoc/>
    public bool VolumeExists(string volume) => node.VolumeExists(volume);

    /// <inheritdoc/>
    public bool OwnsAllVolumes(string vmid) => belongings.OwnsAllVolumes(vmid);

    /// <inheritdoc/>
    public bool HoldsForeignVolume(string vmid) => belongings.HoldsForeignVolume(vmid);

    /// <inheritdoc/>
    public bool PathExists(string path) => FileFacts.Of(ByteText.Path(path)) is not null;

    /// <inheritdoc/>
    public void RemoveFile(string path) => Try(() => File.Delete(ByteText.Path(path)));

    /// <inheritdoc/>
    public void RemoveDirectory(string path) => Libc.RemoveDirectory(ByteText.Path(path));

    /// <inheritdoc/>
    public void Leftover(string what, string command) => say($"Still there: {what}. Remove it with: {command}");

    /// <inheritdoc/>
    public void LeftoverPath(string kind, string path, string command) => Leftover($"{kind} {path}", $"{command} {ShellWord.Quote(path)}");

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The look afterwards tells.
        }
    }
}
