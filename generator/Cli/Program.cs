using System.Runtime.InteropServices;
using VmRecovery.Cli;
using VmRecovery.Cli.Run;
using VmRecovery.Diagnostics;

if (RunCommandLine.Takes(args))
    return RunCommandLine.Run(args.AsSpan(1));

// TERM and HUP end the tool also while it waits for a file that never says anything, such as a pipe without a writer.
using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => EndSoon(143));
using var hup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => EndSoon(129));
try
{
    // Opened where it is read: opening changes the modes of the terminal.
    var input = args.Contains("--batch") ? Console.In : TextReader.Null;
    var exitCode = await VmRecoveryCommand.RunAsync(args, input, Console.Out, Console.Error).ConfigureAwait(false);
    Console.Out.Flush();
    return exitCode;
}
catch (Exception e) when (e is IOException or ObjectDisposedException or UnauthorizedAccessException)
{
    // Its own streams: everything else says itself which file it is about.
    try
    {
        Console.Error.WriteLine($"vmrecovery: standard output: {e.Message.TrimEnd('.')}");
    }
    catch (Exception silent) when (silent is IOException or UnauthorizedAccessException)
    {
        // Nobody listens there either.
    }
    return ExitCodes.BadInput;
}

static void EndSoon(int status)
{
    var end = new Thread(() =>
    {
        // Time for whatever cleans up behind itself.
        using var never = new ManualResetEventSlim();
        never.Wait(TimeSpan.FromSeconds(2));
        ExitNow(status);
    })
    { IsBackground = true };
    end.Start();
}

[DllImport("libc", EntryPoint = "_exit")]
[DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
static extern void ExitNow(int status);
