namespace VmRecovery.Diagnostics;

/// <summary>The weight of a diagnostic, the heaviest first.</summary>
public enum Severity
{
    /// <summary>A fault: the input can't be used, or would do harm.</summary>
    Error,

    /// <summary>A likely fault.</summary>
    Warning,

    /// <summary>A remark.</summary>
    Note,
}
