using System.Globalization;
using System.Text;

namespace VmRecovery.Node.Simulated.State;

/// <summary>
/// A directory that shows the configurations of the cluster's guests as files, as /etc/pve does: one folder for each node,
/// and links to this node's folders.
/// </summary>
internal sealed class ConfigMirror(string directory)
{
    private readonly Dictionary<string, string> written = new(StringComparer.Ordinal);

    public string Directory { get; } = directory;

    /// <summary>Makes the files say what the state says.</summary>
    public void Write(NodeState state)
    {
        if (written.Count == 0)
            MakeFolders(state);
        var wanted = new Dictionary<string, string>(StringComparer.Ordinal) { [".version"] = "{}\n" };
        foreach (var machine in state.Machines.Values)
            wanted[Conf(state.Name, "qemu-server", machine.Id)] = machine.ConfigFile();
        foreach (var machine in state.Elsewhere.Values)
            wanted[Conf(state.OtherName, "qemu-server", machine.Id)] = machine.ConfigFile();
        foreach (var (id, name) in state.Containers)
            wanted[Conf(state.Name, "lxc", id)] = ContainerFile(state, id, name);
        foreach (var (file, text) in wanted.Where(w => written.GetValueOrDefault(w.Key) != w.Value))
            Replace(Path.Combine(Directory, file), text);
        foreach (var file in written.Keys.Except(wanted.Keys))
            File.Delete(Path.Combine(Directory, file));
        written.Clear();
        foreach (var (file, text) in wanted)
            written[file] = text;
    }

    private void MakeFolders(NodeState state)
    {
        foreach (var node in (string[])[state.Name, state.OtherName])
            foreach (var kind in (string[])["qemu-server", "lxc"])
                System.IO.Directory.CreateDirectory(Path.Combine(Directory, "nodes", node, kind));
        foreach (var kind in (string[])["qemu-server", "lxc"])
            if (!System.IO.Directory.Exists(Path.Combine(Directory, kind)))
                File.CreateSymbolicLink(Path.Combine(Directory, kind), $"nodes/{state.Name}/{kind}");
    }

    // A reader sees the old text or the new one, as on a node.
    private static void Replace(string path, string text)
    {
        File.WriteAllBytes(path + ".new", Encoding.UTF8.GetBytes(text));
        File.Move(path + ".new", path, overwrite: true);
    }

    private static string ContainerFile(NodeState state, int id, string name)
    {
        var root = state.Volumes.Find(v => v.Owner == id);
        return $"arch: amd64\nhostname: {name}\nmemory: 512\nostype: debian\n" + (root is null ? "" : $"rootfs: {root.Id},size=4G\n");
    }

    private static string Conf(string node, string kind, int id) =>
        string.Create(CultureInfo.InvariantCulture, $"nodes/{node}/{kind}/{id}.conf");
}
