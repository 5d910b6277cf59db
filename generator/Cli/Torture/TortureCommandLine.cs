using System.CommandLine;
using VmRecovery.Cli.CommandLine;
using VmRecovery.Diagnostics;
using VmRecovery.Node.Simulated.State;
using VmRecovery.Node.Torture;

namespace VmRecovery.Cli.Torture;

/// <summary>The options of <c>vmrecovery torture SCRIPT</c>.</summary>
internal static class TortureCommandLine
{
    /// <summary>Builds the command.</summary>
    public static Command Build(TextWriter output, TextWriter error)
    {
        var script = new Argument<string>("SCRIPT") { Description = "A VM script, patched or not." }.WithoutUnknownOptions();
        var recovery = new Option<string>("--recovery")
        {
            Description = "Choices to try at every single fault, separated by commas.",
            DefaultValueFactory = _ => "retry,keep,abort",
        };
        var pairs = new Option<bool>("--pairs") { Description = "Also fail a second step: the retry meets it." };
        var signals = new Option<bool>("--signals") { Description = "Also send INT, TERM and HUP at every step, and INT where VM_RECOVERY says keep." };
        var kills = new Option<bool>("--kills") { Description = "Also kill -9 at every step, then run again; kill each command alone; fail after a volume was made." };
        var workers = new Option<bool>("--workers") { Description = "Also kill and interrupt the worker tasks of qm and pvesm, let them go on alone, and lock the VM by a backup." };
        var hidden = new Option<bool>("--hidden") { Description = "Also write each command so that it passes by the wrappers, patch that, and run it if it is not refused." };
        var native = new Option<bool>("--native") { Description = "Run the script unpatched under 'vmrecovery run'." };
        var format = new Option<string>("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var storage = new Option<string>("--storage") { Description = "Type of the storage for the disks.", DefaultValueFactory = _ => "lvmthin" };
        storage.AcceptOnlyFromAmong("lvmthin", "dir", "nfs", "btrfs", "zfspool");
        var library = new Option<string[]>("--library")
        {
            Description = "Folder with the *.func files that the script fetches; by default ../misc beside the script.",
        };
        var page = new Option<string[]>("--page") { Description = "END=FILE: the text for URLs that end so, such as an index of images." };
        var command = new Command("torture", "Fails the 1st, 2nd, … n-th step of a script on a simulated node and says what is left behind.")
        {
            script, recovery, pairs, signals, kills, workers, hidden, native, format, storage, library.WithoutUnknownOptions(), page,
        };
        command.SetAction((parsed, _) =>
        {
            var path = parsed.GetValue(script)!;
            var request = new TortureRequest(path)
            {
                Recovery = parsed.GetValue(recovery)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                Pairs = parsed.GetValue(pairs),
                Signals = parsed.GetValue(signals),
                Kills = parsed.GetValue(kills),
                Workers = parsed.GetValue(workers),
                Hidden = parsed.GetValue(hidden),
                Native = parsed.GetValue(native) ? NativeEngine.Prefix() : null,
                Json = parsed.GetValue(format) == "json",
                Storage = Enum.Parse<StorageKind>(parsed.GetValue(storage)!, ignoreCase: true),
                Pages = Pages(parsed.GetValue(page) ?? []),
                Libraries = parsed.GetValue(library) is { Length: > 0 } folders ? folders : DefaultLibraries(path),
            };
            return TortureCommand.RunAsync(request, output, error);
        });
        return command;
    }

    private static Dictionary<string, string> Pages(string[] words)
    {
        var pages = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            if (word.IndexOf('=', StringComparison.Ordinal) is var at and > 0 && File.Exists(word[(at + 1)..]))
                pages[word[..at]] = word[(at + 1)..];
            else
                throw ToolException.Input($"torture: --page {word}: give END=FILE, with a file that exists");
        }
        return pages;
    }

    private static string[] DefaultLibraries(string script)
    {
        var misc = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(script)) ?? "/", "..", "misc"));
        return Directory.Exists(misc) ? [misc] : [];
    }
}
