using System.Globalization;

namespace VmRecovery.SimulatedNode.State;

/// <summary>A directory that shows the configurations of VMs and containers as files, as /etc/pve does.</summary>
internal sealed class ConfigMirror(string directory)
{
    public string Directory { get; } = directory;

    /// <summary>Makes the files say what the state says.</summary>
    public void Write(NodeState state)
    {
        var machines = System.IO.Directory.CreateDirectory(Path.Combine(Directory, "qemu-server")).FullName;
        var containers = System.IO.Directory.CreateDirectory(Path.Combine(Directory, "lxc")).FullName;
        foreach (var machine in state.Machines.Values)
            File.WriteAllBytes(Conf(machines, machine.Id), System.Text.Encoding.UTF8.GetBytes(machine.ConfigFile()));
        foreach (var id in state.Containers.Keys)
            File.WriteAllBytes(Conf(containers, id), []);
        foreach (var file in System.IO.Directory.GetFiles(machines))
            if (!state.Machines.ContainsKey(int.Parse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture)))
                File.Delete(file);
    }

    private static string Conf(string directory, int id) =>
        Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{id}.conf"));
}
