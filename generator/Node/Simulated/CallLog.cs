namespace VmRecovery.Node.Simulated;

/// <summary>One finished call: its words, exit code and what it printed on stderr.</summary>
internal sealed record Call(IReadOnlyList<string> Words, int ExitCode, string Error)
{
    /// <summary>The words, joined with blanks.</summary>
    public string CommandLine => string.Join(' ', Words);
}

/// <summary>The calls in the order in which they ended. Thread-safe.</summary>
internal sealed class CallLog
{
    private readonly Lock gate = new();
    private readonly List<Call> calls = [];

    /// <summary>All calls so far.</summary>
    public IReadOnlyList<Call> Calls
    {
        get
        {
            lock (gate)
                return [.. calls];
        }
    }

    public void Add(Call call)
    {
        lock (gate)
            calls.Add(call);
    }
}
