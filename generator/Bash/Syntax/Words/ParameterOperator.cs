namespace VmRecovery.Bash.Syntax;

/// <summary>
/// The operators of a parameter expansion (bash manual, Shell Parameter Expansion). <c>OrNull</c> marks the forms
/// with a colon, which treat an empty value like an unset one.
/// </summary>
public enum ParameterOperator
{
    /// <summary>No operator.</summary>
    None,

    /// <summary><c>${x-word}</c></summary>
    Default,

    /// <summary><c>${x:-word}</c></summary>
    DefaultOrNull,

    /// <summary><c>${x=word}</c></summary>
    Assign,

    /// <summary><c>${x:=word}</c></summary>
    AssignOrNull,

    /// <summary><c>${x?word}</c></summary>
    Error,

    /// <summary><c>${x:?word}</c></summary>
    ErrorOrNull,

    /// <summary><c>${x+word}</c></summary>
    Alternative,

    /// <summary><c>${x:+word}</c></summary>
    AlternativeOrNull,

    /// <summary><c>${x:offset}</c> and <c>${x:offset:length}</c></summary>
    Substring,

    /// <summary><c>${x#pattern}</c></summary>
    RemoveShortestPrefix,

    /// <summary><c>${x##pattern}</c></summary>
    RemoveLongestPrefix,

    /// <summary><c>${x%pattern}</c></summary>
    RemoveShortestSuffix,

    /// <summary><c>${x%%pattern}</c></summary>
    RemoveLongestSuffix,

    /// <summary><c>${x/pattern/replacement}</c></summary>
    ReplaceFirst,

    /// <summary><c>${x//pattern/replacement}</c></summary>
    ReplaceAll,

    /// <summary><c>${x/#pattern/replacement}</c></summary>
    ReplacePrefix,

    /// <summary><c>${x/%pattern/replacement}</c></summary>
    ReplaceSuffix,

    /// <summary><c>${x^pattern}</c></summary>
    UpperFirst,

    /// <summary><c>${x^^pattern}</c></summary>
    UpperAll,

    /// <summary><c>${x,pattern}</c></summary>
    LowerFirst,

    /// <summary><c>${x,,pattern}</c></summary>
    LowerAll,

    /// <summary><c>${x~pattern}</c>, undocumented</summary>
    ToggleFirst,

    /// <summary><c>${x~~pattern}</c>, undocumented</summary>
    ToggleAll,

    /// <summary><c>${x@Q}</c> and its like; the letter is the argument.</summary>
    Transform,

    /// <summary><c>${!prefix*}</c></summary>
    NamesWithPrefix,

    /// <summary><c>${!prefix@}</c></summary>
    NamesWithPrefixAsWords,
}
