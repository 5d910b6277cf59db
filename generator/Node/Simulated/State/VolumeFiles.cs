using System.Text;

namespace VmRecovery.Node.Simulated.State;

/// <summary>
/// A small file for each volume at the path that <c>pvesm path</c> prints: scripts look whether it is there and when it came
/// into being. On a real node those of LVM and ZFS are devices.
/// </summary>
internal sealed class VolumeFiles
{
    private readonly HashSet<string> made = new(StringComparer.Ordinal);

    /// <summary>Makes and removes files as the state says.</summary>
    /// <param name="state">The node.</param>
    /// <param name="root">Where the script's root directory can be reached.</param>
    public void Write(NodeState state, string root)
    {
        var wanted = state.Volumes.Where(v => v.HasFile).ToDictionary(v => v.Path, v => v.Written, StringComparer.Ordinal);
        try
        {
            foreach (var path in made.Except(wanted.Keys).ToList())
            {
                File.Delete(root + path);
                made.Remove(path);
            }
            foreach (var (path, text) in wanted.Where(w => !made.Contains(w.Key)))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(root + path)!);
                File.WriteAllBytes(root + path, Encoding.UTF8.GetBytes(text));
                made.Add(path);
            }
        }
        catch (IOException)
        {
            // The sandbox is not there yet, or not any more.
        }
    }
}
