using System.Globalization;
using System.Security.Cryptography;
using VmRecovery.Engine.Native;

namespace VmRecovery.Engine.Effects;

/// <summary>The directories of one run: its journal's, which the bash library reads too, and its scratch directory.</summary>
/// <param name="Path">Where the journal lies.</param>
/// <param name="Scratch">What goes when the run ends; programs can be run from it.</param>
internal sealed record RunFolder(string Path, string Scratch)
{
    private const uint OnlyMine = 0b111_000_000;
    private static readonly string[] Candidates = ["/tmp", "/var/tmp", "/var/lib", "/root"];

    /// <summary>The journal.</summary>
    public string Journal => Path + "/journal";

    /// <summary>The process of the attempt, for whoever finds a dead run.</summary>
    public string Attempt => Path + "/attempt";

    /// <summary>Its date is when the attempt began.</summary>
    public string Begun => Path + "/begun";

    /// <summary>Its date is when the attempt ended.</summary>
    public string Ended => Path + "/ended";

    /// <summary>Where shims tell what they do.</summary>
    public string Calls => Path + "/calls";

    /// <summary>The directory that stands first on the command's PATH.</summary>
    public string Shims => Scratch + "/bin";

    /// <summary>A file of the run for one process.</summary>
    public string FileOf(string kind, int process) => FormattableString.Invariant($"{Path}/{kind}.{process}");

    /// <summary>Makes both directories.</summary>
    /// <param name="home">Where all runs have their journals.</param>
    /// <returns>The folder; null when there is no room for it, or the place is not only ours.</returns>
    public static RunFolder? Open(string home)
    {
        var process = Libc.ProcessId().ToString(CultureInfo.InvariantCulture);
        var name = $"{process}.{ProcessTable.StartOf("self")}.{RandomNumberGenerator.GetInt32(int.MaxValue)}";
        Libc.MakeDirectory(home, OnlyMine);
        if (!IsOwnDirectory(home) || Libc.MakeDirectory($"{home}/{name}", OnlyMine) != 0)
            return null;
        foreach (var candidate in Candidates.Prepend(Environment.GetEnvironmentVariable("TMPDIR") ?? ""))
        {
            if (!candidate.StartsWith('/') || Libc.MakeDirectory($"{candidate}/vm-recovery.{name}", OnlyMine) != 0)
                continue;
            var folder = new RunFolder($"{home}/{name}", $"{candidate}/vm-recovery.{name}");
            if (folder.CanRunPrograms() && Libc.MakeFifo(folder.Calls, 0b110_000_000) == 0)
                return folder;
            Directory.Delete(folder.Scratch, recursive: true);
        }
        Directory.Delete($"{home}/{name}", recursive: true);
        return null;
    }

    /// <summary>Whether this is a directory of this user's own, and no link.</summary>
    public static bool IsOwnDirectory(string path) => FileFacts.Of(path) is { IsDirectory: true } facts && facts.Owner == Libc.EffectiveUser();

    /// <summary>A file system may be mounted without the right to run what lies there.</summary>
    private bool CanRunPrograms()
    {
        try
        {
            var probe = Scratch + "/probe";
            File.WriteAllBytes(probe, []);
            File.SetUnixFileMode(probe, (UnixFileMode)OnlyMine);
            var runs = Libc.Access(probe, Libc.Executable) == 0;
            File.Delete(probe);
            return runs;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
