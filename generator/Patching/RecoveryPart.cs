using VmRecovery.Diagnostics;

namespace VmRecovery.Patching;

/// <summary>The part of vm-core.func that a script can carry along.</summary>
internal static class RecoveryPart
{
    /// <summary>The line before it.</summary>
    public const string Opening = "# >>> recovery part";

    /// <summary>The line after it.</summary>
    public const string Closing = "# <<< recovery part";

    /// <summary>Cuts it out of the library.</summary>
    /// <exception cref="ToolException">The library does not have both marker lines.</exception>
    public static IReadOnlyList<string> Of(string library)
    {
        var lines = library.Split('\n');
        var start = Array.FindIndex(lines, l => l.StartsWith(Opening, StringComparison.Ordinal));
        var end = Array.FindIndex(lines, l => l.StartsWith(Closing, StringComparison.Ordinal));
        return start >= 0 && end > start
            ? lines[(start + 1)..end]
            : throw ToolException.Input($"vm-core.func: the lines '{Opening}' and '{Closing}' are missing; generate it again");
    }
}
