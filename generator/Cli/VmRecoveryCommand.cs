using System.CommandLine;
using System.Text.RegularExpressions;
using VmRecovery.Cli.Check;
using VmRecovery.Cli.CommandLine;
using VmRecovery.Cli.Explain;
using VmRecovery.Cli.Generate;
using VmRecovery.Cli.Port;
using VmRecovery.Cli.Run;
using VmRecovery.Cli.Torture;
using VmRecovery.Diagnostics;

namespace VmRecovery.Cli;

/// <summary>The <c>vmrecovery</c> command line: which sub-commands there are, and how failures leave the tool.</summary>
internal static partial class VmRecoveryCommand
{
    private const string Commands = "there are generate, port, check, explain, run and torture";

    private const string About = """
        Generates recovery for Proxmox VE VM scripts from a typed policy.

        Examples:
          vmrecovery generate                      writes out/ from the policy
          vmrecovery port vm/haos-vm.sh            shows the patch of a script
          vmrecovery check vm/                     lints scripts
          vmrecovery explain download              a class of failures, its causes and its menu
          vmrecovery explain --command 'qm start 100' --exit-code 255 --log FILE
          vmrecovery run -- bash vm/haos-vm.sh     recovery around any script
          vmrecovery torture vm/haos-vm.sh         fails each command once on a simulated node

        Exit codes: 0 clean, 1 findings, drift or an unhandled fault, 2 bad usage or unreadable input,
        3 a required program or the network is missing.
        """;

    private static readonly string[] Names = ["generate", "port", "check", "explain", "run", "torture", "help"];

    /// <summary>Parses and runs one invocation.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextReader input, TextWriter output, TextWriter error)
    {
        var root = new RootCommand(About)
        {
            GenerateOptions.Build(output, error),
            PortCommand.Create(PortCommand.InstalledLibrary),
            CheckCommandLine.Build(Console.OpenStandardInput, output, error),
            ExplainOptions.Build(input, output, error),
            RunCommandLine.Build(),
            TortureCommandLine.Build(output, error),
        };
        if (arguments is ["--check", ..])
            arguments = ["check", .. arguments[1..]];
        if (arguments is ["help", ..])
            arguments = [.. arguments[1..], "--help"];
        var parsed = root.Parse(arguments);
        try
        {
            if (parsed.Errors.Count > 0)
                throw ToolException.Input($"{MistakeIn(arguments, parsed)}; see 'vmrecovery --help'");
            var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (ToolException e)
        {
            await error.WriteLineAsync($"vmrecovery: {e.Message}").ConfigureAwait(false);
            return e.ExitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A closed or full stream: files are named where they are read and written.
            return await SayAsync(error, $"vmrecovery: the output cannot be written ({e.Message.TrimEnd('.')})").ConfigureAwait(false);
        }
    }

    /// <summary>Says why nothing can be said, where that is possible.</summary>
    private static async Task<int> SayAsync(TextWriter error, string message)
    {
        try
        {
            await error.WriteLineAsync(message).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Stderr is closed, too: the exit code says it.
        }
        return ExitCodes.BadInput;
    }

    /// <summary>The first mistake, in one line: those behind it often follow from it.</summary>
    private static string MistakeIn(string[] arguments, ParseResult parsed)
    {
        if (arguments.Length == 0)
            return $"no command given; {Commands}";
        if (parsed.CommandResult.Command is RootCommand)
            return $"unknown command '{arguments[0]}'{Suggestion.For(arguments[0], Names)}; {Commands}";
        var mistake = parsed.Errors.FirstOrDefault(e => e.Message.StartsWith(PathValidation.Unknown, StringComparison.Ordinal)) ?? parsed.Errors[0];
        if (arguments.FirstOrDefault(a => mistake.Message.Contains($"'{a}'", StringComparison.Ordinal) && a.StartsWith("--", StringComparison.Ordinal)
            && parsed.CommandResult.Command.Options.All(o => o.Name != a)) is { } option)
            return $"unknown option '{option}'{Suggestion.For(option, parsed.CommandResult.Command.Options.Select(o => o.Name))}";
        return Blanks().Replace(ExpectedType().Replace(mistake.Message, "as a number"), " ").TrimEnd('.');
    }

    [GeneratedRegex(@"as expected type '[^']*Int32[^']*'")]
    private static partial Regex ExpectedType();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
