using VmRecovery.Engine.Deciding;
using System.CommandLine;
using System.Globalization;
using VmRecovery.Cli.Policy;
using VmRecovery.Diagnostics;
using VmRecovery.Engine.Effects;
using VmRecovery.Engine.Native;
using VmRecovery.Engine.Running;
using VmRecovery.Model.Flow;

namespace VmRecovery.Cli.Run;

/// <summary>
/// The command line of <c>run</c>, read by hand: the command behind <c>--</c> is passed on byte for byte, and every
/// millisecond is one that the user's command starts later.
/// </summary>
internal static class RunCommandLine
{
    private const string Usage = "vmrecovery run [--policy DIR] [--dry-run] [--log FILE] [--recovery LIST] [--timeout S] -- COMMAND…";

    /// <summary>The sub-command, as the help of the tool lists it.</summary>
    public static Command Build()
    {
        var command = new Command("run", "Runs a command with recovery around it: classify, menu, clean-up of what it made, retry.")
        {
            new Option<string>("--policy") { Description = "A folder with a policy in place of the tool's own." },
            new Option<bool>("--dry-run") { Description = "Say what would be done." },
            new Option<string>("--log") { Description = "Where the log goes (VM_ERROR_LOG)." },
            new Option<string>("--recovery") { Description = "ask, off, or option ids, one for each failure (VM_RECOVERY)." },
            new Option<string>("--timeout") { Description = "Seconds after which nobody has answered: then keep (VM_RECOVERY_TIMEOUT)." },
            new Argument<string[]>("command") { Description = "The command and its words, behind --." },
        };
        command.SetAction(int (_) => throw ToolException.Input($"run: expected: {Usage}"));
        return command;
    }

    /// <summary>Whether this invocation is for <see cref="Run"/>, and not for the help.</summary>
    public static bool Takes(string[] arguments) =>
        arguments is ["run", ..] && !arguments.TakeWhile(a => a != "--").Any(a => a is "--help" or "-h" or "-?");

    /// <summary>Runs the command.</summary>
    /// <param name="arguments">The words behind <c>run</c>.</param>
    /// <returns>The command's own status, or one of <see cref="ExitCodes"/>.</returns>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        try
        {
            var options = RunOptions.Read(arguments);
            var request = Request(options);
            var command = new RunCommand(request, Policy(options), TimeProvider.System);
            return options.DryRun ? command.Describe() : command.Run();
        }
        catch (ToolException e)
        {
            Screen.Write("vmrecovery: " + ByteText.FromUnicode(e.Message));
            return e.ExitCode;
        }
    }

    // In a method of its own: the compiler's assembly is loaded only for a policy of the user's.
    private static IRunPolicy Policy(RunOptions options) => options.Policy is { } folder ? CompiledPolicy.Load(folder) : new OwnPolicy();

    private static RunRequest Request(RunOptions options)
    {
        var words = ProcessEnvironment.LastWords(options.CommandLength);
        var log = options.Log is { } given ? ByteText.FromUnicode(Path.GetFullPath(given)) : ProcessEnvironment.Get("VM_ERROR_LOG");
        if (log is { Length: > 0 } && log[0] != '/')
            log = ByteText.FromUnicode(Path.GetFullPath(ByteText.Path(log)));
        return new RunRequest(
            [.. words],
            log is { Length: > 0 } ? log : null,
            options.Recovery ?? ProcessEnvironment.Get("VM_RECOVERY") ?? "",
            Number(options.Timeout ?? ProcessEnvironment.Get("VM_RECOVERY_TIMEOUT"), 0, "VM_RECOVERY_TIMEOUT", "a number of seconds, such as 600"),
            Number(ProcessEnvironment.Get("VM_RECOVERY_MAX_RETRIES"), RunFlow.DefaultMaxRetries, "VM_RECOVERY_MAX_RETRIES", "a number of retries, such as 2"));
    }

    private static int Number(string? text, int missing, string name, string expected)
    {
        if (string.IsNullOrEmpty(text))
            return missing;
        return text.Length < 7 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ToolException.Input($"run: {name} is '{text}'; it takes {expected}");
    }

    /// <summary>The options in front of <c>--</c>.</summary>
    private sealed record RunOptions(string? Policy, bool DryRun, string? Log, string? Recovery, string? Timeout, int CommandLength)
    {
        public static RunOptions Read(ReadOnlySpan<string> arguments)
        {
            var options = new RunOptions(null, false, null, null, null, 0);
            for (var i = 0; i < arguments.Length; i++)
            {
                var name = arguments[i].Split('=', 2) is [var before, _] ? before : arguments[i];
                if (name == "--")
                    return arguments.Length - i - 1 is > 0 and var length
                        ? options with { CommandLength = length }
                        : throw ToolException.Input($"run: no command behind '--'; expected: {Usage}");
                if (name == "--dry-run")
                {
                    options = options with { DryRun = true };
                    continue;
                }
                if (name is not ("--policy" or "--log" or "--recovery" or "--timeout"))
                    throw ToolException.Input($"run: unexpected '{arguments[i]}'; expected: {Usage}");
                var value = name.Length < arguments[i].Length ? arguments[i][(name.Length + 1)..] : ++i < arguments.Length ? arguments[i] : "";
                if (value.Length == 0 || value == "--")
                    throw ToolException.Input($"run: {name} takes a value; expected: {Usage}");
                options = name switch
                {
                    "--policy" => options with { Policy = value },
                    "--log" => options with { Log = value },
                    "--recovery" => options with { Recovery = value },
                    _ => options with { Timeout = value },
                };
            }
            throw ToolException.Input($"run: no command; expected: {Usage}");
        }
    }
}
