using VmRecovery.Cli;

return await VmRecoveryCommand.RunAsync(args, Console.In, Console.Out, Console.Error).ConfigureAwait(false);
