using System.Collections.Immutable;
using System.Globalization;
using VmRecovery.Cli.CommandLine;
using VmRecovery.Diagnostics;
using VmRecovery.Host.Files;

namespace VmRecovery.Cli.Generate;

/// <summary><c>generate</c>: policy and scripts in, library and patched scripts out.</summary>
internal sealed class GenerateCommand(TextWriter output, TextWriter error, Progress progress)
{
    /// <summary>Runs one request.</summary>
    /// <returns>One of <see cref="ExitCodes"/>: findings for drift or generated bash that fails its gates.</returns>
    public async Task<int> RunAsync(GenerateRequest request, CancellationToken cancellation)
    {
        var inputs = GenerationInputs.Read(request);
        if (UpToDateCache.IsCurrent(request.CacheFile, inputs.Sha256, request.OutFolder))
        {
            await output.WriteLineAsync(UpToDate(request)).ConfigureAwait(false);
            return ExitCodes.Clean;
        }
        try
        {
            var generation = await Generation.RunAsync(request, inputs, progress, cancellation).ConfigureAwait(false);
            Print(generation.Findings);
            if (generation.Findings.Any(finding => finding.Severity is Severity.Error))
                return ExitCodes.Findings;
            return request.Check ? Compare(request, generation) : Write(request, generation);
        }
        catch (DiagnosticException e)
        {
            Print(e.Diagnostics);
            return ExitCodes.BadInput;
        }
    }

    private static string UpToDate(GenerateRequest request) => $"{Path.GetFileName(request.OutFolder.TrimEnd('/'))}: up to date";

    private int Compare(GenerateRequest request, Generation generation)
    {
        var drifts = Drift.Between(
            request.OutFolder, GenerationLock.Read(request.OutFolder), generation.Lock, generation.FilesWithLock);
        foreach (var drift in drifts)
        {
            error.WriteLine(drift.Reason);
            output.Write(drift.Difference);
        }
        if (drifts.IsEmpty)
            output.WriteLine(UpToDate(request));
        else
            error.WriteLine("run ./vmrecovery generate to bring out/ up to date");
        return drifts.IsEmpty ? ExitCodes.Clean : ExitCodes.Findings;
    }

    private int Write(GenerateRequest request, Generation generation)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        try
        {
            foreach (var file in generation.FilesWithLock)
            {
                var verb = WriteFile(Path.Combine(request.OutFolder, file.Path), file);
                counts[verb] = counts.GetValueOrDefault(verb) + 1;
                if (verb != "unchanged")
                    output.WriteLine($"{verb,-9} {file.Path}");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Input($"{request.OutFolder}: cannot be written ({e.Message.TrimEnd('.')}); choose another folder with --out");
        }
        UpToDateCache.Remember(request.CacheFile, UpToDateCache.Entry(generation.InputsSha256, generation.Lock));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(", ", counts.Select(count => $"{count.Value} {count.Key}"))} in {progress.Elapsed.TotalSeconds:0.0} s"));
        return ExitCodes.Clean;
    }

    private static string WriteFile(string path, GeneratedFile file)
    {
        var exists = File.Exists(path);
        if (exists && File.ReadAllBytes(path).AsSpan().SequenceEqual(file.Content))
            return "unchanged";
        const UnixFileMode data = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode program = data | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        AtomicFile.Write(path, file.Content, file.IsExecutable ? program : data);
        return exists ? "updated" : "created";
    }

    private void Print(ImmutableArray<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
            DiagnosticPrinter.Print(error, diagnostic);
    }
}
