using System.CommandLine;
using VmRecovery.Diagnostics;
using VmRecovery.Explaining;
using VmRecovery.Generation;
using VmRecovery.Patching;
using VmRecovery.Torture;

namespace VmRecovery.CommandLine;

/// <summary>The <c>vmrecovery</c> command line: which sub-commands there are, and how failures leave the tool.</summary>
internal static class VmRecoveryCommand
{
    /// <summary>Parses and runs one invocation.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextReader input, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Generates recovery for Proxmox VE VM scripts from a typed policy.")
        {
            GenerateOptions.Build(output, error),
            PortCommand.Create(PortCommand.InstalledLibrary),
            ExplainOptions.Build(input, output, error),
            TortureCommand.Build(output, error),
        };
        var parsed = root.Parse(arguments);
        try
        {
            if (parsed.Errors.Count > 0)
            {
                foreach (var mistake in parsed.Errors)
                    await error.WriteLineAsync($"vmrecovery: {mistake.Message}; see 'vmrecovery --help'").ConfigureAwait(false);
                return ExitCodes.BadInput;
            }
            var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (ToolException e)
        {
            await error.WriteLineAsync($"vmrecovery: {e.Message}").ConfigureAwait(false);
            return e.ExitCode;
        }
    }
}
