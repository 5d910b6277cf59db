namespace VmRecovery.Scripts.Shell;

/// <summary>The programs that read bash for us. Implemented where processes may be started.</summary>
internal interface IShellTools
{
    /// <summary>Parses a script.</summary>
    Task<ReadOutcome> ReadAsync(ScriptText text, CancellationToken cancellation = default);

    /// <summary>
    /// Prints a script without comments, blank lines and indentation: two scripts with the same syntax tree give the same lines.
    /// </summary>
    Task<(string[]? Lines, SyntaxError? Error)> CanonicalAsync(byte[] script, CancellationToken cancellation = default);

    /// <summary>Asks <c>bash -n</c>: its first line of complaint, or null when it accepts the script.</summary>
    Task<string?> BashErrorAsync(byte[] script, CancellationToken cancellation = default);
}
