namespace VmRecovery.Bash.Syntax;

/// <summary>The operators between the commands of an and-or list.</summary>
public enum AndOrOperator
{
    /// <summary><c>&amp;&amp;</c></summary>
    And,

    /// <summary><c>||</c></summary>
    Or,
}
