namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>The closers of arithmetic expressions.</summary>
internal enum ArithmeticEnd
{
    /// <summary><c>))</c></summary>
    Parentheses,

    /// <summary><c>]</c> of <c>$[…]</c></summary>
    Bracket,

    /// <summary><c>]</c> of a subscript, where any text is allowed: arrays may be associative.</summary>
    Subscript,

    /// <summary><c>:</c> or <c>}</c> of <c>${x:offset:length}</c></summary>
    Substring,

    /// <summary><c>}</c></summary>
    Brace,

    /// <summary><c>;</c> or <c>)</c> of <c>for ((…))</c></summary>
    ForPart,
}
