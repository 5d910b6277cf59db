using VmRecovery.Host.Files;
using VmRecovery.Host.Processes;

namespace VmRecovery.Tests.CoreLibrary;

/// <summary>What a snippet of bash left that called functions of the library.</summary>
/// <param name="Dialogs">The words of every whiptail call, each followed by a bar.</param>
/// <param name="Calls">The commands that reached the node.</param>
internal sealed record CoreOutcome(int ExitCode, string Output, string Error, IReadOnlyList<string> Dialogs, IReadOnlyList<string> Calls);

/// <summary>Runs functions of <c>vm-core.func</c> alone, in real bash, on the small node of <c>fixtures/node.bash</c>.</summary>
internal static class CoreFunctions
{
    private static readonly ProjectFolder Project = ProjectFolder.Find();

    /// <summary>The folder of the stand-ins.</summary>
    public static string Fixtures => Path.Combine(Project.Root, "tests", "Library.Tests", "CoreLibrary", "fixtures");

    /// <summary>The generated library.</summary>
    public static string Text { get; } = File.ReadAllText(Path.Combine(Project.Out, "misc", "vm-core.func"));

    /// <summary>Runs a snippet after the library was sourced, under <c>set -euo pipefail</c>.</summary>
    /// <param name="snippet">Bash.</param>
    /// <param name="answers">What whiptail answers, in order, separated by bars.</param>
    /// <param name="environment">Variables such as FAKE_ARCH.</param>
    public static async Task<CoreOutcome> RunAsync(string snippet, string answers = "", params (string Name, string Value)[] environment)
    {
        var folder = Directory.CreateTempSubdirectory("vmrecovery-core-").FullName;
        try
        {
            var variables = new Dictionary<string, string?>
            {
                ["FIXTURES"] = Fixtures,
                ["FOLDER"] = folder,
                ["PLANNED"] = string.Concat(answers.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(a => a + "\n")),
                ["LC_ALL"] = "C.UTF-8",
            };
            foreach (var (name, value) in environment)
                variables[name] = value;
            var library = Path.Combine(folder, "vm-core.func");
            await File.WriteAllBytesAsync(library, System.Text.Encoding.UTF8.GetBytes(Text));
            var start = $"source \"$FIXTURES/node.bash\"\nsource \"{library}\"\nset -euo pipefail\n";
            // Whoever starts the tests in the background has INT ignored, and what is ignored at its start bash can't trap.
            var outcome = await ProcessRunner.RunAsync(
                "env", ["--default-signal=INT,QUIT,PIPE", "bash", "--norc", "-c", start + snippet], timeLimit: TimeSpan.FromSeconds(20), environment: variables);
            return new CoreOutcome(outcome.ExitCode, outcome.Output, outcome.Error, Lines(folder, "dialogs"), Lines(folder, "calls"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Lines(string folder, string file) =>
        File.Exists(Path.Combine(folder, file)) ? File.ReadAllLines(Path.Combine(folder, file)) : [];
}
