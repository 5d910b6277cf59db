using System.Globalization;
using System.Text.RegularExpressions;
using VmRecovery.Engine.Deciding;

namespace VmRecovery.Engine.Asking;

/// <summary>The menu after a failure, as the bash library shows it.</summary>
/// <param name="terminal">Where it is shown.</param>
internal sealed partial class RecoveryScreen(ITerminal terminal)
{
    private const int LinesOfLog = 9;
    private const int LongestLine = 160;

    /// <summary>Shows it.</summary>
    /// <param name="decision">What the policy says.</param>
    /// <param name="failure">The failure.</param>
    /// <param name="status">The attempt's status.</param>
    /// <param name="notice">Why the last choice could not be carried out; empty for none.</param>
    public Answer Ask(RunDecision decision, FailureReport failure, int status, string notice)
    {
        var (height, width) = terminal.Size;
        var message = (notice.Length > 0 ? $"{notice} Choose again.\n\n" : "") + $"{decision.Words}\n{decision.Advice}\n\n{Failed(failure, status)}";
        if (!decision.Options.Any(o => o.Tag.StartsWith("retry", StringComparison.Ordinal)))
            message += failure.KeysSent ? "\nWhat was typed into the guest can't be repeated: no retry." : "\nNo retry is left.";
        var used = TextRows.Count(message, width) + decision.Options.Length + 8;
        var shown = LastLines(failure.Log, height, width, ref used);
        if (shown.Count > 0)
            message += $"\n\n{string.Join('\n', shown)}";
        return terminal.Choose("RECOVERY", message, Math.Min(used, height), width, decision.Options);
    }

    /// <summary>The line that says what failed.</summary>
    public static string Failed(FailureReport failure, int status) =>
        string.Create(CultureInfo.InvariantCulture, $"Failed (exit code {status}): {Plain(failure.Command)}");

    /// <summary>Text without escape sequences, on one line that is not too long.</summary>
    public static string Plain(string text)
    {
        // whiptail would begin a new line at a \n.
        var plain = NotPrintable().Replace(EscapeSequence().Replace(text.Length > 2000 ? text[..2000] : text, "").Replace("\\n", " ", StringComparison.Ordinal), " ");
        return plain.Length > LongestLine ? plain[..(LongestLine - 3)] + "..." : plain;
    }

    /// <summary>The end of the log, as far as there is room: a box higher than the screen loses its title.</summary>
    private static List<string> LastLines(string log, int height, int width, ref int used)
    {
        var shown = new List<string>();
        foreach (var line in log.Split('\n').Reverse())
        {
            if (line.StartsWith("== attempt ", StringComparison.Ordinal) || line.StartsWith("(exit code ", StringComparison.Ordinal)
                || line.StartsWith("# ", StringComparison.Ordinal))
                continue;
            var text = Plain(line);
            // Nothing, or how far a download is.
            if (text.All(c => c is ' ' or '#' or '.' or '%' || char.IsAsciiDigit(c)))
                continue;
            var rows = TextRows.Count("  " + text, width);
            used += rows;
            // Of the last line at least the beginning.
            if (used > height && !(shown.Count == 0 && used - rows < height))
                break;
            shown.Insert(0, "  " + text);
            if (shown.Count == LinesOfLog)
                break;
        }
        return shown;
    }

    [GeneratedRegex("\e(\\[[0-?]*[ -/]*[@-~]|\\][^\a\e]*(\a|\e\\\\)?|.)?")]
    private static partial Regex EscapeSequence();

    [GeneratedRegex("[^ -~]")]
    private static partial Regex NotPrintable();
}
