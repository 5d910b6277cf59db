namespace VmRecovery.Bash.Syntax;

/// <summary>The ways in which a statement ends.</summary>
public enum StatementTerminator
{
    /// <summary>A line feed, a closing word or the end of the script.</summary>
    None,

    /// <summary>A semicolon.</summary>
    Semicolon,

    /// <summary>An ampersand: the statement runs in the background.</summary>
    Background,
}
