namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>The meaning of a slash in the word after an operator.</summary>
internal enum Slash
{
    IsText,
    Ends,

    /// <summary>As in <c>${x////-}</c>, where the third slash is the pattern.</summary>
    EndsUnlessFirst,
}
