using VmRecovery.Engine.Native;

namespace VmRecovery.Engine.Effects;

/// <summary>A PATH, as a shell looks programs up in it. Text has one character a byte.</summary>
/// <param name="Value">The directories, with colons between them.</param>
internal sealed record SearchPath(string Value)
{
    /// <summary>The path of a program; null when there is none that can be run.</summary>
    public string? Find(string program)
    {
        foreach (var candidate in Candidates(program))
            if (File.Exists(ByteText.Path(candidate)) && Libc.Access(ByteText.Path(candidate), Libc.Executable) == 0)
                return candidate;
        return null;
    }

    /// <summary>Why a shell would not run it: 127 when it is not there, 126 when it can't be run.</summary>
    public int StatusOfMissing(string program) =>
        Candidates(program).Any(c => program.Contains('/', StringComparison.Ordinal) ? Path.Exists(ByteText.Path(c)) : File.Exists(ByteText.Path(c))) ? 126 : 127;

    private IEnumerable<string> Candidates(string program) =>
        program.Contains('/', StringComparison.Ordinal)
            ? [program]
            : Value.Split(':').Select(d => (d.Length == 0 ? "." : d) + "/" + program);
}
