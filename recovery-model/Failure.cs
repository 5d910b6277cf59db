namespace VmRecovery.Model;

/// <summary>One failed command: what was run, how it ended, and the end of what it said.</summary>
/// <remarks>
/// In bash the properties marked <see cref="BashVariableAttribute"/> are shell variables that the runtime sets
/// before it calls a translated function (dynamic scope). Text is bytes, one character each (Latin-1 in C#,
/// <c>LC_ALL=C</c> in bash), so that both sides see the same log whatever its encoding.
/// </remarks>
/// <param name="Command">The command line as run, words separated by one blank; empty when nobody knows.</param>
/// <param name="ExitCode">Its exit status, 0 to 255. 0 means that the status was lost, not that it succeeded.</param>
/// <param name="Log">The last <see cref="LogText.TailBytes"/> bytes of the attempt's log.</param>
public sealed record Failure(
    [property: BashVariable("_command")] string Command,
    [property: BashVariable("_exit_code")] int ExitCode,
    [property: BashVariable("_log")] LogText Log)
{
    /// <summary>
    /// The whole failure as lines: the command, its exit status in parentheses, then the log. Causes are found in it.
    /// </summary>
    [BashVariable("_account")]
    public string Account => $"{Command}\n({ExitCode})\n{Log}";

    /// <summary>The first word of <see cref="Command"/> without its directory, such as <c>qm</c>.</summary>
    [BashVariable("_program")]
    public string Program
    {
        get
        {
            var word = Command.Split(' ', 2)[0];
            return word[(word.LastIndexOf('/') + 1)..];
        }
    }
}
