using VmRecovery.CommandLine;

return await VmRecoveryCommand.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
