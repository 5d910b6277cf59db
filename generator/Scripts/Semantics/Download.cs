using System.Collections.Immutable;

namespace VmRecovery.Scripts.Semantics;

/// <summary>A fetch from the network by <c>curl</c> or <c>wget</c>.</summary>
/// <param name="Command">The command.</param>
/// <param name="Target">The file that is written; null when the name comes from the address or the text goes to
/// stdout.</param>
/// <param name="WritesFile">Whether a file is written.</param>
/// <param name="FailsOnHttpError">Whether an error page makes the command fail instead of being saved.</param>
/// <param name="Addresses">The words that may be addresses.</param>
internal sealed record Download(
    ScriptCommand Command,
    CommandArgument? Target,
    bool WritesFile,
    bool FailsOnHttpError,
    ImmutableArray<CommandArgument> Addresses
)
{
    /// <summary>Recognises a download; null for other commands, and for curl calls that send or only look.</summary>
    public static Download? Of(ScriptCommand command) =>
        command.Program switch
        {
            "curl" => Read(command, "o", "O", "--output", "--remote-name"),
            "wget" => Read(command, "O", "", "--output-document", "") is { } wget
                ? wget with
                {
                    FailsOnHttpError = true,
                    WritesFile = wget.Target is not { Text: "-" },
                }
                : null,
            _ => null,
        };

    private static Download? Read(
        ScriptCommand command,
        string output,
        string remote,
        string longOutput,
        string longRemote
    )
    {
        CommandArgument? target = null;
        var writes = command.Streams.Output == OutputTarget.File;
        var fails = false;
        var addresses = ImmutableArray.CreateBuilder<CommandArgument>();
        for (var i = 0; i < command.Arguments.Length; i++)
        {
            var argument = command.Arguments[i];
            if (argument.Text is not { Length: > 1 } text || text[0] != '-')
            {
                addresses.Add(argument);
                continue;
            }
            if (text is "-I" or "--head" or "-X" or "--request" or "-d" or "--data" or "-F" or "-T" or "--version")
                return null;
            fails |=
                text is "--fail" or "--fail-with-body" || IsShort(text) && text.Contains('f', StringComparison.Ordinal);
            if (
                text == longRemote
                || remote.Length > 0 && IsShort(text) && text.Contains(remote, StringComparison.Ordinal)
            )
                writes = true;
            if (text == longOutput || IsShort(text) && text.EndsWith(output, StringComparison.Ordinal))
            {
                if (++i < command.Arguments.Length)
                    target = command.Arguments[i];
                writes = target is not { Text: "-" or "/dev/null" };
            }
            else if (
                text
                is "-H"
                    or "-A"
                    or "-u"
                    or "-w"
                    or "-m"
                    or "-e"
                    or "-b"
                    or "--retry"
                    or "--connect-timeout"
                    or "--max-time"
                    or "--header"
                    or "--user-agent"
                    or "--retry-delay"
            )
            {
                i++;
            }
        }
        return new Download(command, target, writes, fails, addresses.ToImmutable());
    }

    private static bool IsShort(string text) => text.Length > 1 && text[0] == '-' && text[1] != '-';
}
