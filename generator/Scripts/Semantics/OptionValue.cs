namespace VmRecovery.Scripts.Semantics;

/// <summary>The value of a shell option at a statement, as far as reading the script tells.</summary>
internal enum OptionValue : byte
{
    /// <summary>Off on every way to the statement.</summary>
    Off,

    /// <summary>On on every way to the statement.</summary>
    On,

    /// <summary>On or off, depending on the way or on a file that is sourced.</summary>
    Unknown,

    /// <summary>As it was when the function was called; resolved before rules see it.</summary>
    Inherited,
}
