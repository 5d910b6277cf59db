using VmRecovery.Cli;
using VmRecovery.Cli.Run;

if (RunCommandLine.Takes(args))
    return RunCommandLine.Run(args.AsSpan(1));
return await VmRecoveryCommand.RunAsync(args, Console.In, Console.Out, Console.Error).ConfigureAwait(false);
