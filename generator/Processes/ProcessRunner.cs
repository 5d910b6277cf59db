using System.ComponentModel;
using System.Text;
using CliWrap;
using CliWrap.Exceptions;
using VmRecovery.Diagnostics;

namespace VmRecovery.Processes;

/// <summary>What a finished process left: its status and both outputs, decoded as UTF-8.</summary>
internal sealed record ProcessOutcome(int ExitCode, string Output, string Error);

/// <summary>The one way in which the tool starts programs.</summary>
internal static class ProcessRunner
{
    /// <summary>How long a helper program may run before it is ended.</summary>
    public static readonly TimeSpan DefaultTimeLimit = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program to its end. A missing program or the time limit is a <see cref="ToolException"/>.</summary>
    /// <param name="program">Name on PATH, or a path.</param>
    /// <param name="arguments">Its words; no shell is involved.</param>
    /// <param name="input">Text for its standard input; null for none.</param>
    /// <param name="timeLimit">See <see cref="DefaultTimeLimit"/>.</param>
    /// <param name="environment">Variables to set in addition; a null value unsets one.</param>
    /// <param name="cancellation">Ends the process and its children.</param>
    public static async Task<ProcessOutcome> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string? input = null,
        TimeSpan? timeLimit = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        CancellationToken cancellation = default)
    {
        var output = new StringBuilder();
        var error = new StringBuilder();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeLimit ?? DefaultTimeLimit);
        var command = Cli.Wrap(program)
            .WithArguments(arguments)
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(input is null ? PipeSource.Null : PipeSource.FromString(input, Encoding.UTF8))
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output, Encoding.UTF8))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error, Encoding.UTF8))
            .WithEnvironmentVariables(environment ?? new Dictionary<string, string?>());
        try
        {
            var result = await command.ExecuteAsync(limit.Token).ConfigureAwait(false);
            return new ProcessOutcome(result.ExitCode, output.ToString(), error.ToString());
        }
        catch (Exception e) when (e is Win32Exception or CommandExecutionException)
        {
            throw ToolException.MissingTool($"{program}: cannot be started ({e.Message}); install it and try again");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ToolException(
                ExitCodes.Findings,
                FormattableString.Invariant($"{program}: did not end within {(timeLimit ?? DefaultTimeLimit).TotalSeconds:0} s; it was stopped"));
        }
    }
}
