namespace VmRecovery.Node.Simulated.Commands;

/// <summary>One line, or part of one, on one of the two outputs.</summary>
internal sealed record Chunk(bool IsError, string Text)
{
    /// <summary>Another file descriptor than 1 or 2, from 3 to 9; 0 or 2 for none.</summary>
    public int Descriptor { get; init; }
}

/// <summary>What a command prints, in order, and its exit code.</summary>
internal sealed class Reply
{
    public List<Chunk> Chunks { get; } = [];

    public int ExitCode { get; set; }

    public void Out(string line) => Chunks.Add(new Chunk(false, line + "\n"));

    public void Error(string line) => Chunks.Add(new Chunk(true, line + "\n"));

    /// <summary>All text of one output.</summary>
    public string Text(bool isError) => string.Concat(Chunks.Where(c => c.IsError == isError).Select(c => c.Text));
}

/// <summary>A command ends here: the last lines on stderr and the exit code.</summary>
internal sealed class CommandFailure(int exitCode, params string[] lines) : Exception(string.Join('\n', lines))
{
    public int ExitCode { get; } = exitCode;

    public IReadOnlyList<string> Lines { get; } = lines;

    /// <summary>The option parser refuses: exit 2 and the usage line.</summary>
    public static CommandFailure Usage(string usage, params string[] lines) => new(2, [.. lines, usage]);

    /// <summary>A value that the schema refuses.</summary>
    public static CommandFailure Parameter(string usage, params string[] lines) =>
        new(2, ["400 Parameter verification failed.", .. lines, "", usage]);

    /// <summary>A value that the handler refuses later.</summary>
    public static CommandFailure LateParameter(string usage, string line) => new(255, "400 Parameter verification failed.", line, usage);
}
