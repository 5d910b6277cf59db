namespace VmRecovery.Bash.Syntax;

/// <summary>The operators between the commands of a pipeline.</summary>
public enum PipeOperator
{
    /// <summary><c>|</c>: standard output is piped.</summary>
    Output,

    /// <summary><c>|&amp;</c>: standard output and standard error are piped.</summary>
    OutputAndError,
}
