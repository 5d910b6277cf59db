namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>The places in which a word ends differently.</summary>
internal enum WordMode
{
    /// <summary>At a blank or an operator.</summary>
    Plain,

    /// <summary>As the right operand of <c>=~</c>: parentheses and bars belong to the word.</summary>
    Regex,

    /// <summary>Between the bars of an extended pattern: blanks belong to the word.</summary>
    Alternative,
}
