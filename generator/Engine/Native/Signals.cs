namespace VmRecovery.Engine.Native;

/// <summary>Numbers of signals on Linux.</summary>
internal static class Signals
{
    public const int Hangup = 1;
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Pipe = 13;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Asks whether a process is there.</summary>
    public const int None = 0;
}
