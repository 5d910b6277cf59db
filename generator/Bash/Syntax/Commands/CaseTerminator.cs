namespace VmRecovery.Bash.Syntax;

/// <summary>The ways in which an item of a <c>case</c> command ends.</summary>
public enum CaseTerminator
{
    /// <summary>No operator: <c>esac</c> follows.</summary>
    None,

    /// <summary><c>;;</c>: the command is finished.</summary>
    Break,

    /// <summary><c>;&amp;</c>: the statements of the next item run, too.</summary>
    FallThrough,

    /// <summary><c>;;&amp;</c>: the next patterns are tried.</summary>
    TryNext,
}
