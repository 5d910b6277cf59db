using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.FileSystemGlobbing;
using VmRecovery.Cli.Output;
using VmRecovery.Cli.Output.Findings;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Linting;

namespace VmRecovery.Cli.Check;

/// <summary><c>vmrecovery check</c>: lints scripts, and fixes what can be fixed.</summary>
/// <param name="standardInput">Opens standard input.</param>
/// <param name="output">Findings, diffs, and the fixed text of standard input.</param>
/// <param name="error">What went wrong.</param>
internal sealed class CheckCommand(Func<Stream> standardInput, TextWriter output, TextWriter error)
{
    private readonly List<string> problems = [];
    private LintConfiguration configuration = LintConfiguration.Default;
    private string root = "";
    private ImmutableArray<(Matcher Matcher, FrozenSet<string> Rules)> ignores = [];
    private LintSettings settings = LintSettings.Default;

    /// <summary>Runs the command.</summary>
    /// <returns>2 when a file could not be read or written, 1 on findings, else 0.</returns>
    public async Task<int> RunAsync(CheckRequest request, CancellationToken cancellation = default)
    {
        var clock = TimeProvider.System.GetTimestamp();
        Configure(request);
        var files = await ReadAsync(request, cancellation).ConfigureAwait(false);
        var runner =
            request.ShellCheck && configuration.ShellCheck
                ? new ShellCheckRunner(new ShellCheckCache(ShellCheckCache.UserFolder()), Environment.ProcessorCount)
                : null;
        var notices = new List<string>();
        var fixedCount = 0;
        if (request.Fix || request.Diff)
            (files, fixedCount) = await FixAsync(files, request, runner, notices, cancellation).ConfigureAwait(false);
        var shown = request.Diff ? [] : await LintAsync(files, runner, cancellation).ConfigureAwait(false);
        var report = Report(shown, files.Count, request, notices) with
        {
            FixedCount = fixedCount,
            FixesWereShown = request.Diff,
            Elapsed = TimeProvider.System.GetElapsedTime(clock),
            Notices = [.. runner?.Notices ?? [], .. notices],
        };
        Print(report, request, files);
        foreach (var problem in problems)
            await error.WriteLineAsync($"vmrecovery: {problem}").ConfigureAwait(false);
        return problems.Count > 0 ? ExitCodes.BadInput
            : (report.Findings.Length > 0 || request.Diff && fixedCount > 0) && !request.ExitZero ? ExitCodes.Findings
            : ExitCodes.Clean;
    }

    private void Configure(CheckRequest request)
    {
        var first = request.Paths[0] == "-" ? Directory.GetCurrentDirectory() : request.Paths[0];
        root = Directory.GetCurrentDirectory();
        if (ConfigurationFile.Find(first) is { } path)
        {
            configuration = ConfigurationFile.Read(path);
            root = Path.GetDirectoryName(path)!;
        }
        settings = new LintSettings { Levels = configuration.Rules, RequireReasons = configuration.RequireReasons };
        ignores =
        [
            .. configuration.PerFileIgnores.Select(i =>
                (ScriptDiscovery.MatcherOf([i.Glob]), i.Rules.ToFrozenSet(StringComparer.Ordinal))
            ),
        ];
    }

    private LintSettings SettingsFor(SourceFile file)
    {
        if (ignores.IsEmpty)
            return settings;
        var relative = Relative(file.Path);
        var rules = ignores
            .Where(i => i.Matcher.Match(relative).HasMatches)
            .SelectMany(i => i.Rules)
            .ToFrozenSet(StringComparer.Ordinal);
        return settings with { Ignored = rules };
    }

    private string Relative(string path) => Path.GetRelativePath(root, Path.GetFullPath(path));

    private async Task<List<SourceFile>> ReadAsync(CheckRequest request, CancellationToken cancellation)
    {
        var discovery = new ScriptDiscovery(configuration, root);
        var files = new List<SourceFile>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in request.Paths)
        {
            if (path == "-")
            {
                Add(ReadStandardInput(request, out var reason), request.StandardInputName, reason);
                continue;
            }
            var found = await discovery.FindAsync(path, cancellation).ConfigureAwait(false);
            if (found.Count == 0)
                problems.Add($"{path}: no script in this folder ({string.Join(", ", configuration.Include)})");
            foreach (var file in found.Where(f => seen.Add(Path.GetFullPath(f))))
                Add(ScriptDiscovery.Read(file, file, out var reason), file, reason);
        }
        return files;

        void Add(SourceFile? file, string name, string? reason)
        {
            if (file is null)
                problems.Add($"{name}: {reason}; skipped");
            else
                files.Add(file);
        }
    }

    private SourceFile? ReadStandardInput(CheckRequest request, out string? reason)
    {
        using var stream = standardInput();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return ScriptDiscovery.Check(new SourceFile(request.StandardInputName, bytes.ToArray()), out reason);
    }

    private async Task<(List<SourceFile> Files, int Count)> FixAsync(
        List<SourceFile> files,
        CheckRequest request,
        ShellCheckRunner? runner,
        List<string> notices,
        CancellationToken cancellation
    )
    {
        var done = new FixedFile[files.Count];
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = Environment.ProcessorCount,
            CancellationToken = cancellation,
        };
        var allowed = request.UnsafeFixes ? FixSafety.Unsafe : FixSafety.Safe;
        await Parallel
            .ForAsync(0, files.Count, options, async (i, stop) =>
                done[i] = await new FixRun(runner, SettingsFor(files[i]), allowed)
                    .RunAsync(files[i], stop)
                    .ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        var count = 0;
        foreach (var file in done)
        {
            notices.AddRange(file.Notices);
            count += file.Count;
            if (request.Diff)
                await output
                    .WriteAsync(
                        Colour(
                            UnifiedDiff.Between(
                                $"a/{file.File.Path}",
                                $"b/{file.File.Path}",
                                file.File.Text,
                                Text(file.Content)
                            )
                        )
                    )
                    .ConfigureAwait(false);
            else if (request.Paths is ["-"])
                await output.WriteAsync(Text(file.Content)).ConfigureAwait(false);
            else if (file.IsChanged)
                TryWrite(file);
        }
        return ([.. done.Select(f => new SourceFile(f.File.Path, f.Content))], count);
    }

    private void TryWrite(FixedFile file)
    {
        try
        {
            file.Write();
        }
        catch (ToolException e)
        {
            problems.Add(e.Message);
        }
    }

    private async Task<List<(LintedScript Script, ImmutableArray<Diagnostic> Findings)>> LintAsync(
        List<SourceFile> files,
        ShellCheckRunner? runner,
        CancellationToken cancellation
    )
    {
        var shellCheck = runner?.RunAsync(files, cancellation);
        var linted = new LintedScript[files.Count];
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = Environment.ProcessorCount,
            CancellationToken = cancellation,
        };
        Parallel.For(0, files.Count, options, i => linted[i] = Linter.Default.Lint(files[i], SettingsFor(files[i])));
        var others = shellCheck is null
            ? new ImmutableArray<Diagnostic>?[files.Count]
            : await shellCheck.ConfigureAwait(false);
        return [.. linted.Select((script, i) => (script, script.Findings(others[i], SettingsFor(files[i]))))];
    }

    private CheckReport Report(
        List<(LintedScript Script, ImmutableArray<Diagnostic> Findings)> linted,
        int fileCount,
        CheckRequest request,
        List<string> notices
    )
    {
        var found = linted
            .SelectMany(one =>
                one.Findings.Where(d => d.Severity <= request.MinSeverity)
                    .Select(d => new CheckFinding(d, Fingerprint.Of(one.Script, d)))
            )
            .ToImmutableArray();
        var keys = found
            .Select(f => new BaselineKey(Relative(f.Diagnostic.Location.Path), f.Diagnostic.Id, f.Fingerprint))
            .ToImmutableArray();
        var path = Path.Combine(root, BaselineFile.Name);
        if (request.AddBaseline)
        {
            BaselineFile.Write(path, Baseline.Of(keys));
            notices.Add($"{found.Length} findings are now in {path}");
            return Empty(fileCount) with { KnownCount = found.Length };
        }
        var comparison = BaselineFile
            .Read(path)
            .Compare(keys, linted.Select(l => Relative(l.Script.File.Path)).ToHashSet(StringComparer.Ordinal));
        if (comparison.Gone.Length > 0)
            notices.Add(
                $"{comparison.Gone.Sum(g => g.Count)} findings of {BaselineFile.Name} are gone; write it again with --add-baseline"
            );
        var @new = found.Where((_, i) => comparison.IsNew[i]).ToImmutableArray();
        return Empty(fileCount) with { Findings = @new, KnownCount = found.Length - @new.Length };
    }

    private static CheckReport Empty(int fileCount) =>
        new()
        {
            Findings = [],
            Notices = [],
            FileCount = fileCount,
            Elapsed = TimeSpan.Zero,
        };

    private void Print(CheckReport report, CheckRequest request, List<SourceFile> files)
    {
        // The fixed text of standard input is the output; the report goes beside it.
        var fixesInput = request.Fix && request.Paths is ["-"];
        var target = fixesInput || request.Diff ? error : output;
        using var text = new StringWriter { NewLine = "\n" };
        FindingsPrinters
            .Of(request.Statistics ? "statistics" : request.Format)
            .Print(text, report with { Colours = ColoursAllowed() });
        target.Write(text.ToString());
        target.Flush();
    }

    private static string Colour(string diff) => ColoursAllowed() ? DiffColours.Apply(diff) : diff;

    private static bool ColoursAllowed() =>
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private static string Text(byte[] content) => System.Text.Encoding.UTF8.GetString(content);
}
