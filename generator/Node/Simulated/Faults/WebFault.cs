namespace VmRecovery.Node.Simulated.Faults;

/// <summary>How a download goes wrong.</summary>
internal enum WebFault
{
    None,

    /// <summary>Half of the body, then an orderly end: curl exits 18.</summary>
    Truncate,

    /// <summary>Half of the body, then a reset connection: curl exits 56.</summary>
    Reset,

    /// <summary>No answer until the client gives up: curl exits 28 when it has a time limit.</summary>
    Timeout,

    /// <summary>404: curl -f exits 22.</summary>
    NotFound,

    /// <summary>500: curl -f exits 22.</summary>
    ServerError,

    /// <summary>The whole length, but wrong bytes.</summary>
    Garbage,
}
