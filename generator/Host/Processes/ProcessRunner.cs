using System.ComponentModel;
using System.Text;
using CliWrap;
using CliWrap.Exceptions;
using VmRecovery.Diagnostics;

namespace VmRecovery.Host.Processes;

/// <summary>What a finished process left: its status and both outputs, decoded as UTF-8.</summary>
internal sealed record ProcessOutcome(int ExitCode, string Output, string Error);

/// <summary>What a finished process left when its output is not text, or long: the bytes as they came.</summary>
internal sealed record ProcessBytes(int ExitCode, byte[] Output, string Error);

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
        var exitCode = await RunAsync(
            program,
            arguments,
            input is null ? PipeSource.Null : PipeSource.FromString(input, Encoding.UTF8),
            PipeTarget.ToStringBuilder(output, Encoding.UTF8),
            error,
            timeLimit,
            environment,
            cancellation).ConfigureAwait(false);
        return new ProcessOutcome(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs a program to its end, feeding and taking bytes. Otherwise as <see cref="RunAsync(string, IReadOnlyList{string}, string?, TimeSpan?, IReadOnlyDictionary{string, string?}?, CancellationToken)"/>.</summary>
    public static async Task<ProcessBytes> RunBytesAsync(
        string program,
        IReadOnlyList<string> arguments,
        byte[] input,
        TimeSpan? timeLimit = null,
        CancellationToken cancellation = default)
    {
        using var output = new MemoryStream();
        var error = new StringBuilder();
        var exitCode = await RunAsync(
            program,
            arguments,
            PipeSource.FromBytes(input),
            PipeTarget.ToStream(output),
            error,
            timeLimit,
            environment: null,
            cancellation).ConfigureAwait(false);
        return new ProcessBytes(exitCode, output.ToArray(), error.ToString());
    }

    private static async Task<int> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        PipeSource input,
        PipeTarget output,
        StringBuilder error,
        TimeSpan? timeLimit,
        IReadOnlyDictionary<string, string?>? environment,
        CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeLimit ?? DefaultTimeLimit);
        var command = Cli.Wrap(program)
            .WithArguments(arguments)
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(input)
            .WithStandardOutputPipe(output)
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error, Encoding.UTF8))
            .WithEnvironmentVariables(environment ?? new Dictionary<string, string?>());
        try
        {
            var result = await command.ExecuteAsync(limit.Token).ConfigureAwait(false);
            return result.ExitCode;
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
