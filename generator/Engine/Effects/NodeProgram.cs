using VmRecovery.Engine.Native;

namespace VmRecovery.Engine.Effects;

/// <summary>What a program of the node said and how it ended.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record ProgramOutcome(int Status, string Output, string Error);

/// <summary>Programs that recovery itself runs, such as <c>qm status</c>: the real ones, never its own shims.</summary>
/// <param name="folder">Where their outputs are kept for a moment.</param>
/// <param name="programs">The user's PATH.</param>
internal sealed class NodeProgram(string folder, SearchPath programs)
{
    /// <summary>Runs a program to its end.</summary>
    public ProgramOutcome Run(params IReadOnlyList<string> words)
    {
        if (programs.Find(words[0]) is not { } path)
            return new ProgramOutcome(127, "", words[0] + ": command not found");
        var output = folder + "/program.out";
        var error = folder + "/program.err";
        const int write = Libc.OpenWrite | Libc.OpenCreate | Libc.OpenTruncate;
        var plan = new SpawnPlan(path, words, ProcessEnvironment.Own)
        {
            Redirections = [new(0, "/dev/null", Libc.OpenRead), new(1, output, write), new(2, error, write)],
        };
        var (child, _) = ChildProcess.Start(plan);
        var status = child?.Wait() ?? 126;
        return new ProgramOutcome(status, Read(output), Read(error));
    }

    private static string Read(string path) => File.Exists(path) ? ByteText.From(File.ReadAllBytes(path)) : "";
}
