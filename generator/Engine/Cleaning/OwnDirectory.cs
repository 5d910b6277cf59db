using VmRecovery.Engine.Effects;

namespace VmRecovery.Engine.Cleaning;

/// <summary>Temporary directories of a run or of its command.</summary>
internal static class OwnDirectory
{
    /// <summary>Removes one with all that is in it, unless it is a link, somebody else's, or has a mount in it.</summary>
    /// <returns>Whether it is gone.</returns>
    public static bool Remove(string path)
    {
        if (!RunFolder.IsOwnDirectory(path) || HoldsMount(path))
            return !Directory.Exists(path);
        try
        {
            Directory.Delete(path, recursive: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>What is mounted there may be anybody's.</summary>
    public static bool HoldsMount(string path)
    {
        var name = "/" + Path.GetFileName(path) + "/";
        return File.ReadLines("/proc/self/mountinfo").Any(l => l.Split(' ') is [_, _, _, _, var point, ..]
            && (point + "/").Contains(name, StringComparison.Ordinal));
    }
}
