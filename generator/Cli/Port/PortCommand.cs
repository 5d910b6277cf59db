using System.CommandLine;
using VmRecovery.Cli.CommandLine;
using VmRecovery.Diagnostics;
using VmRecovery.Host.Files;
using VmRecovery.Scripts.Patching;

namespace VmRecovery.Cli.Port;

/// <summary><c>vmrecovery port</c>: gives VM scripts their recovery, file by file.</summary>
/// <param name="output">Diffs and JSON.</param>
/// <param name="error">The report, and what went wrong.</param>
/// <param name="library">The text of vm-core.func; asked for with <c>--inline</c> only.</param>
internal sealed class PortCommand(TextWriter output, TextWriter error, Func<string> library)
{
    private readonly GitWorkTree git = new(static bytes => PatchedText.Split(new ScriptText("", bytes)).Original.Raw);

    /// <summary>The sub-command, for the root command.</summary>
    /// <param name="library">The text of vm-core.func; asked for with <c>--inline</c> only.</param>
    public static Command Create(Func<string> library)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Scripts, or folders to search for *.sh", Arity = ArgumentArity.OneOrMore }
            .WithoutUnknownOptions();
        var write = new Option<bool>("--write") { Description = "Write the scripts instead of showing a diff" };
        var check = new Option<bool>("--check") { Description = "Exit with 1 when a script would change" };
        var revert = new Option<bool>("--revert") { Description = "Take the patch out again, byte for byte" };
        var folder = new Option<string?>("--out") { Description = "Write below this folder instead of in place", HelpName = "DIR" };
        var inline = new Option<bool>("--inline") { Description = "Carry the recovery part of vm-core.func along instead of loading it" };
        var dirty = new Option<bool>("--allow-dirty") { Description = "Write although the git work tree has uncommitted changes" };
        var format = new Option<string>("--format") { Description = "text or json", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("port", "Patches VM scripts so that they can recover; shows a diff unless told to write.")
        {
            paths, write, check, revert, folder.WithoutUnknownOptions(), inline, dirty, format,
        };
        command.Validators.Add(result =>
        {
            if (new[] { write, check, revert }.Count(result.GetValue) > 1)
                result.AddError("at most one of --write, --check and --revert can be given");
        });
        command.SetAction((parsed, cancellation) => new PortCommand(
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, library).RunAsync(
            new PortRequest
            {
                Paths = parsed.GetValue(paths)!,
                Mode = parsed.GetValue(revert) ? PortMode.Revert
                    : parsed.GetValue(check) ? PortMode.Check
                    : parsed.GetValue(write) || parsed.GetValue(folder) is not null ? PortMode.Write
                    : PortMode.Show,
                OutputFolder = parsed.GetValue(folder),
                Inline = parsed.GetValue(inline),
                AllowDirty = parsed.GetValue(dirty),
                Json = parsed.GetValue(format) == "json",
            },
            cancellation));
        return command;
    }

    /// <summary>The generated vm-core.func of the checkout that the tool runs from.</summary>
    /// <exception cref="ToolException">It was not generated yet.</exception>
    public static string InstalledLibrary()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var file = Path.Combine(folder, "out", "misc", "vm-core.func");
            if (File.Exists(file))
                return File.ReadAllText(file);
        }
        throw ToolException.Input("out/misc/vm-core.func: not there; run 'vmrecovery generate' first");
    }

    /// <summary>Does what was asked, file by file; a bad file does not keep the others from being done.</summary>
    /// <returns>2 when a file could not be read or written, 1 on a refusal or (<c>--check</c>) a stale file, else 0.</returns>
    public async Task<int> RunAsync(PortRequest request, CancellationToken cancellation = default)
    {
        var started = TimeProvider.System.GetTimestamp();
        var inlined = request.Inline ? RecoveryPart.Of(library()) : null;
        var (texts, files) = Read(request);
        var skipped = texts.RemoveAll(t => !t.File.WasNamed && !ScriptFiles.MayCreateVm(t.Text.Raw));
        var outcomes = new PatchOutcome[texts.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        await Parallel.ForAsync(0, texts.Count, parallel, async (i, stop) => outcomes[i] = request.Mode == PortMode.Revert
            ? ScriptPatcher.Revert(texts[i].Text)
            : await BashGate.CheckAsync(ScriptPatcher.Patch(texts[i].Text, inlined), stop));
        var targets = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < texts.Count; i++)
            files.Add(await FinishAsync(texts[i].File, outcomes[i], request, targets, cancellation));
        var time = TimeProvider.System.GetElapsedTime(started);
        Report(files, skipped, time, request);
        var stale = request.Mode == PortMode.Check && files.Any(f => f.Status == "patched");
        return files.Any(f => f.Status == "error") ? ExitCodes.BadInput
            : stale || files.Any(f => f.Status == "refused") ? ExitCodes.Findings
            : ExitCodes.Clean;
    }

    private static (List<(ScriptFile File, ScriptText Text)> Texts, List<PortedFile> Failed) Read(PortRequest request)
    {
        var texts = new List<(ScriptFile, ScriptText)>();
        var failed = new List<PortedFile>();
        foreach (var path in request.Paths)
        {
            var found = ScriptFiles.Find(path, out var problem);
            if (problem is not null)
                failed.Add(new PortedFile(new ScriptFile(path, path, WasNamed: true), "error", null, "no *.sh in this folder or below it"));
            foreach (var file in found)
            {
                if (ScriptFiles.Read(file.Path, out var why) is { } text)
                    texts.Add((file, new ScriptText(text.Path, text.Content)));
                else
                    failed.Add(new PortedFile(file, "error", null, why));
            }
        }
        return (texts, failed);
    }

    private async Task<PortedFile> FinishAsync(
        ScriptFile file, PatchOutcome outcome, PortRequest request, HashSet<string> targets, CancellationToken cancellation)
    {
        if (outcome.Status == PatchStatus.Refused)
            return new PortedFile(file, "refused", outcome, outcome.Refusal!.Message);
        if (outcome.Status == PatchStatus.Unreadable)
            return new PortedFile(file, "error", outcome, "not a bash script that can be read: " + outcome.Refusal!.Message);
        var status = outcome.Status == PatchStatus.Unchanged ? "unchanged" : request.Mode == PortMode.Revert ? "reverted" : "patched";
        var done = new PortedFile(file, status, outcome, null) { ChangedLines = ChangedLines(outcome) };
        if (request.Mode is PortMode.Show or PortMode.Check)
            return done;
        if (status == "unchanged" && request.OutputFolder is null)
            return done;
        var target = request.OutputFolder is { } folder ? Path.Combine(folder, file.Relative) : file.Path;
        if (!targets.Add(Path.GetFullPath(target)))
            return new PortedFile(file, "error", outcome, $"two scripts would be written to {target}");
        return await WriteAsync(done, target, request, cancellation);
    }

    private async Task<PortedFile> WriteAsync(PortedFile done, string target, PortRequest request, CancellationToken cancellation)
    {
        var outcome = done.Outcome!;
        var inPlace = request.OutputFolder is null;
        if (inPlace && ScriptFiles.WhyNotWritable(target) is { } reason)
            return done with { Status = "error", Problem = reason };
        if (inPlace && !request.AllowDirty && await git.UncommittedChangeAsync(target, cancellation) is { } change)
        {
            return done with
            {
                Status = "error",
                Problem = $"the git work tree has uncommitted changes ({change}); commit them, or give --allow-dirty",
            };
        }
        try
        {
            var aside = outcome.HandEdits.Count > 0 ? HandEditFile.Keep(target, outcome) : null;
            AtomicFile.Write(target, outcome.After.Raw, File.GetUnixFileMode(done.File.Path));
            return done with { KeptAside = aside };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return done with { Status = "error", Problem = $"cannot be written: {e.Message}" };
        }
    }

    private void Report(List<PortedFile> files, int skipped, TimeSpan time, PortRequest request)
    {
        files.Sort(static (a, b) => string.CompareOrdinal(a.File.Path, b.File.Path));
        if (request.Json)
            output.WriteLine(PortReport.Json(files, skipped, time));
        foreach (var file in files)
        {
            if (!request.Json && request.Mode is PortMode.Show or PortMode.Check && file.Status == "patched")
                output.Write(PortReport.Diff(file.Outcome!));
            error.WriteLine(PortReport.Line(file));
            if (PortReport.Help(file) is { } help)
                error.WriteLine(help);
            foreach (var note in PortReport.HandEdits(file))
                error.WriteLine(note);
        }
        error.WriteLine(PortReport.Summary(files, skipped, time));
    }

    private static int ChangedLines(PatchOutcome outcome) => outcome.Status == PatchStatus.Patched
        ? PortReport.Diff(outcome).Split('\n').Skip(2).Count(l => l is ['+' or '-', ..])
        : 0;
}
