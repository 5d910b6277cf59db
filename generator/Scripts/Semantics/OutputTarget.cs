namespace VmRecovery.Scripts.Semantics;

/// <summary>The place that an output stream of a command leads to.</summary>
internal enum OutputTarget : byte
{
    /// <summary>Wherever the script's own stream leads: usually the terminal.</summary>
    Inherited,

    /// <summary><c>/dev/null</c>.</summary>
    Null,

    /// <summary>A file, or a descriptor that the script opened.</summary>
    File,

    /// <summary>The next command of a pipeline.</summary>
    Pipe,

    /// <summary>The text of a command or process substitution.</summary>
    Captured,
}
