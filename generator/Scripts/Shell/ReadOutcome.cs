namespace VmRecovery.Scripts.Shell;

/// <summary>A script that bash could not read: where and why.</summary>
internal sealed record SyntaxError(int Line, int Column, string Message);

/// <summary>What reading a script gave: exactly one of the two.</summary>
internal sealed record ReadOutcome(ShellScript? Script, SyntaxError? Error);
