namespace VmRecovery.Bash.Text;

/// <summary>A position as editors and compilers print it.</summary>
/// <param name="Line">Line, counted from 1.</param>
/// <param name="Column">Column, counted from 1 in UTF-16 code units.</param>
public readonly record struct LinePosition(int Line, int Column);
