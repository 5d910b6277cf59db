namespace VmRecovery.Diagnostics;

/// <summary>The condition under which a fix may be applied.</summary>
public enum FixSafety
{
    /// <summary>Keeps the behaviour apart from the fault: applied by <c>--fix</c>.</summary>
    Safe,

    /// <summary>May change behaviour that somebody relies on: applied by <c>--unsafe-fixes</c> only.</summary>
    Unsafe,

    /// <summary>A suggestion for a person; never applied by the tool.</summary>
    DisplayOnly,
}
