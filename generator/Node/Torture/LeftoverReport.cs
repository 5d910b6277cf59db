using System.Text.RegularExpressions;
using VmRecovery.Node.Simulated.Sandbox;

namespace VmRecovery.Node.Torture;

/// <summary>The part of a run's output that names what is left.</summary>
internal static partial class LeftoverReport
{
    /// <summary>Finds what is left and is not named by the run's output.</summary>
    /// <param name="run">The run that should have named it.</param>
    /// <param name="left">As <see cref="Leftovers"/> writes it.</param>
    public static IEnumerable<string> NotNamed(ExecutionResult run, IEnumerable<string> left) =>
        left.Where(l => !IsNamed(run.Output, l)).Select(l => $"{l} is left and nobody says so");

    // A file is named, too, by a folder that holds nothing else than what is left.
    private static bool IsNamed(string output, string left) => left.Split(' ') switch
    {
        ["VM", ..] => output.Contains(left, StringComparison.Ordinal),
        ["volume" or "directory", var name, ..] => output.Contains(name, StringComparison.Ordinal),
        ["file", var path, ..] => output.Contains(path, StringComparison.Ordinal)
            || (OwnFolder().Match(path) is { Success: true } folder && output.Contains(folder.Value, StringComparison.Ordinal)),
        _ => false,
    };

    [GeneratedRegex("^/(run/vm-recovery|tmp|var/tmp)/[^/]+(?=/)")]
    private static partial Regex OwnFolder();
}
