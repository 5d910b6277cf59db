namespace VmRecovery.Node.Torture;

/// <summary>A program that runs a script under recovery: <c>vmrecovery run --recovery LIST --</c>.</summary>
/// <param name="Words">The program and its arguments for a list of choices, which may be empty; the script's own words follow.</param>
/// <param name="Folders">Folders that the program needs, absolute; the sandbox shows them at the same paths, read-only.</param>
internal sealed record CommandPrefix(Func<string, IReadOnlyList<string>> Words, IReadOnlyList<string> Folders);
