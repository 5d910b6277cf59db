using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Patching;

/// <summary>The part of vm-core.func that a script can carry along.</summary>
internal static class RecoveryPart
{
    /// <summary>The line before it.</summary>
    public const string Opening = "# >>> recovery part";

    /// <summary>The line after it.</summary>
    public const string Closing = "# <<< recovery part";

    /// <summary>
    /// Cuts it out of the library, without its comments and the causes within classes, and indented by tabs: a script and what it carries along have to
    /// fit into one argument of <c>bash -c</c> (128 KiB). No string or here-document of it goes over a line end.
    /// </summary>
    /// <exception cref="ToolException">The library does not have both marker lines.</exception>
    public static IReadOnlyList<string> Of(string library)
    {
        var lines = library.Split('\n');
        var start = Array.FindIndex(lines, l => l.StartsWith(Opening, StringComparison.Ordinal));
        var end = Array.FindIndex(lines, l => l.StartsWith(Closing, StringComparison.Ordinal));
        return start >= 0 && end > start
            ? [.. lines[(start + 1)..end].Where(line => !IsComment(line) && !IsCause(line)).SkipWhile(line => line.Length == 0).Select(WithTabs)]
            : throw ToolException.Input($"vm-core.func: the lines '{Opening}' and '{Closing}' are missing; generate it again");
    }

    private static string WithTabs(string line)
    {
        var text = line.TrimStart(' ');
        return new string('\t', (line.Length - text.Length) / 2) + text;
    }

    /// <summary>A sign of a cause: of a class the first line is enough, where there is no room.</summary>
    private static bool IsCause(string line) => line.Contains('\t', StringComparison.Ordinal) && !line.StartsWith('[');

    private static bool IsComment(string line) =>
        line.AsSpan().TrimStart() is ['#', ..] comment && !comment.StartsWith("# shellcheck ", StringComparison.Ordinal);
}
