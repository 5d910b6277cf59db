using VmRecovery.Diagnostics;
using VmRecovery.Host.Files;

namespace VmRecovery.Cli.Generate;

/// <summary>
/// Remembers that these inputs, with this build of the tool, gave these files: an unchanged project is answered
/// without compiling the policy. Lost or damaged it only costs time.
/// </summary>
internal static class UpToDateCache
{
    /// <summary>One line: the inputs' hash, the build of the tool, and the hash of every output.</summary>
    public static string Entry(string inputsSha256, GenerationLock outputs) =>
        $"{inputsSha256} {ToolBuild} {ContentHash.Of(outputs.ToJson())}";

    /// <summary>Whether the last run had the same inputs and its files are still as it left them.</summary>
    public static bool IsCurrent(string? cacheFile, string inputsSha256, string outFolder)
    {
        if (cacheFile is null || !File.Exists(cacheFile) || GenerationLock.Read(outFolder) is not { } recorded)
            return false;
        return File.ReadAllText(cacheFile) == Entry(inputsSha256, recorded)
            && recorded.Outputs.All(output => IsUnchanged(Path.Combine(outFolder, output.Key), output.Value));
    }

    /// <summary>Remembers a finished run.</summary>
    public static void Remember(string? cacheFile, string entry)
    {
        if (cacheFile is not null)
            AtomicFile.Write(cacheFile, System.Text.Encoding.UTF8.GetBytes(entry));
    }

    private static string ToolBuild { get; } = typeof(UpToDateCache).Module.ModuleVersionId.ToString("N");

    private static bool IsUnchanged(string path, string sha256) =>
        File.Exists(path) && ContentHash.Of(File.ReadAllBytes(path)) == sha256;
}
