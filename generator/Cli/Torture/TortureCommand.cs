using System.CommandLine;
using VmRecovery.Cli.CommandLine;
using VmRecovery.Diagnostics;
using VmRecovery.Host.Files;
using VmRecovery.Host.Policy;
using VmRecovery.Model;
using VmRecovery.Node.Simulated.State;
using VmRecovery.Node.Torture;

namespace VmRecovery.Cli.Torture;

/// <summary><c>vmrecovery torture SCRIPT</c>: fails every step of a script on the simulated node and says what is left behind.</summary>
internal static class TortureCommand
{
    /// <summary>The command for the command line.</summary>
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
        var kills = new Option<bool>("--kills") { Description = "Also kill -9 at every step, then run again; kill each command alone; on zfspool also fail after a volume was made." };
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
            script, recovery, pairs, signals, kills, format, storage, library.WithoutUnknownOptions(), page,
        };
        command.SetAction((parsed, _) =>
        {
            var path = parsed.GetValue(script)!;
            return RunAsync(
                new TortureOptions(path)
                {
                    Recovery = parsed.GetValue(recovery)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                    Pairs = parsed.GetValue(pairs),
                    Signals = parsed.GetValue(signals),
                    Kills = parsed.GetValue(kills),
                    Json = parsed.GetValue(format) == "json",
                    Storage = Enum.Parse<StorageKind>(parsed.GetValue(storage)!, ignoreCase: true),
                    Pages = Pages(parsed.GetValue(page) ?? []),
                    Libraries = parsed.GetValue(library) is { Length: > 0 } folders ? folders : DefaultLibraries(path),
                },
                output,
                error);
        });
        return command;
    }

    /// <summary>Tortures one script.</summary>
    /// <returns>0 when every run ended as chosen, 1 otherwise.</returns>
    public static async Task<int> RunAsync(TortureOptions options, TextWriter output, TextWriter error)
    {
        if (Directory.Exists(options.ScriptPath))
            throw ToolException.Input($"{options.ScriptPath}: a folder; give one script");
        if (!File.Exists(options.ScriptPath))
            throw ToolException.Input($"{options.ScriptPath}: no such file");
        if (ScriptFiles.Read(options.ScriptPath, out var problem) is null)
            throw ToolException.Input($"{options.ScriptPath}: {problem}");
        var known = Enum.GetValues<MenuOption>().Select(Vocabulary.Id).ToList();
        var nothing = options.Recovery.Count == 0 && !options.Pairs && !options.Signals && !options.Kills;
        if (nothing || options.Recovery.Except(known).Any())
            throw ToolException.Input($"torture: --recovery {string.Join(',', options.Recovery.Except(known))}: give one or more of {string.Join(", ", known)}");
        if (options.Libraries.FirstOrDefault(folder => !Directory.Exists(folder)) is { } missing)
            throw ToolException.Input($"torture: --library {missing}: no such folder");
        foreach (var program in (string[])["/usr/bin/unshare", "/usr/bin/qemu-img", "/usr/bin/xz", "/usr/bin/curl"])
            if (!File.Exists(program))
                throw ToolException.MissingTool($"torture needs {Path.GetFileName(program)}: apt-get install util-linux qemu-utils xz-utils curl");
        var runner = new TortureRunner(await File.ReadAllTextAsync(options.ScriptPath), options);
        var undisturbed = await runner.UndisturbedAsync();
        var results = await runner.RunAsync(undisturbed, (done, all) =>
        {
            if (done % 25 == 0 && done < all)
                error.WriteLine(FormattableString.Invariant($"vmrecovery: {done} of {all} runs"));
        });
        if (options.Json)
            TortureReport.WriteJson(output, options.ScriptPath, undisturbed.Steps, results);
        else
            TortureReport.WriteText(output, options.ScriptPath, undisturbed.Steps, results);
        return results.All(r => r.Complaints.Count == 0) ? ExitCodes.Clean : ExitCodes.Findings;
    }

    private static Dictionary<string, string> Pages(string[] words)
    {
        var pages = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words)
            if (word.IndexOf('=', StringComparison.Ordinal) is var at and > 0 && File.Exists(word[(at + 1)..]))
                pages[word[..at]] = word[(at + 1)..];
            else
                throw ToolException.Input($"torture: --page {word}: give END=FILE, with a file that exists");
        return pages;
    }

    private static string[] DefaultLibraries(string script)
    {
        var misc = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(script)) ?? "/", "..", "misc"));
        return Directory.Exists(misc) ? [misc] : [];
    }
}
