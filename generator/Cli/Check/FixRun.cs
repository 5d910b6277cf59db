using System.Collections.Immutable;
using VmRecovery.Diagnostics;
using VmRecovery.Host.Files;
using VmRecovery.Host.Processes;
using VmRecovery.Scripts.Linting;
using VmRecovery.Scripts.Linting.Fixes;

namespace VmRecovery.Cli.Check;

/// <summary>Fixes one file, and lets bash and ShellCheck judge the result before it is written.</summary>
internal sealed class FixRun(ShellCheckRunner? shellCheck, LintSettings settings, FixSafety allowed)
{
    private const int MaxRounds = 6;

    /// <summary>Returns the fixed text, or the old one with the reason why nothing was done.</summary>
    public async Task<FixedFile> RunAsync(SourceFile file, CancellationToken cancellation)
    {
        var content = file.Content;
        var count = 0;
        var notices = new List<string>();
        for (var round = 0; round < MaxRounds; round++)
        {
            var ours = FixLoop.Run(content, bytes => Lint(file, bytes, null), allowed);
            count += ours.Applied.Length;
            content = ours.Content;
            foreach (var rejected in ours.Rejected)
                notices.Add($"{rejected.Location}: the fix of {rejected.Id} would break the script; it was left out");
            if (shellCheck is null)
                break;
            var current = new SourceFile("<fixed>", content);
            var found = await shellCheck.RunAsync(current, cancellation).ConfigureAwait(false);
            var merged = FixMerger.Merge(content, Lint(file, content, found), allowed);
            if (merged.Applied.IsEmpty)
                break;
            content = merged.Content;
            count += merged.Applied.Length;
        }
        if (count == 0)
            return new FixedFile(file, file.Content, 0, [.. notices]);
        if (await WhyWorseAsync(file, content, cancellation).ConfigureAwait(false) is not { } reason)
            return new FixedFile(file, content, count, [.. notices]);
        return new FixedFile(file, file.Content, 0, [.. notices, $"{file.Path}: not fixed: {reason}"]);
    }

    private ImmutableArray<Diagnostic> Lint(
        SourceFile file,
        byte[] bytes,
        ImmutableArray<Diagnostic>? shellCheckFindings
    ) => Linter.Default.Lint(new SourceFile(file.Path, bytes), settings).Findings(shellCheckFindings, settings);

    private async Task<string?> WhyWorseAsync(SourceFile file, byte[] content, CancellationToken cancellation)
    {
        var after = await BashSaysAsync(content, cancellation).ConfigureAwait(false);
        if (after.Length > 0 && (await BashSaysAsync(file.Content, cancellation).ConfigureAwait(false)).Length == 0)
            return $"bash would not accept the result ({after.Split('\n')[0]})";
        if (shellCheck is null)
            return null;
        var old = Weights(
            await shellCheck.RunAsync(new SourceFile("<original>", file.Content), cancellation).ConfigureAwait(false)
        );
        var @new = Weights(
            await shellCheck.RunAsync(new SourceFile("<fixed>", content), cancellation).ConfigureAwait(false)
        );
        return @new.Errors > old.Errors || @new.Errors == old.Errors && @new.Warnings > old.Warnings
            ? "ShellCheck likes the result less than the original"
            : null;
    }

    private static (int Errors, int Warnings) Weights(ImmutableArray<Diagnostic>? found) =>
        (found?.Count(d => d.Severity == Severity.Error) ?? 0, found?.Count(d => d.Severity == Severity.Warning) ?? 0);

    /// <summary>What <c>bash -n</c> says; it may print an error and still exit with 0.</summary>
    private static async Task<string> BashSaysAsync(byte[] content, CancellationToken cancellation)
    {
        var script = content.AsSpan().StartsWith("\uFEFF"u8) ? content[3..] : content;
        var outcome = await ProcessRunner
            .RunBytesAsync("bash", ["-n"], script, cancellation: cancellation)
            .ConfigureAwait(false);
        return outcome.Error.Trim().Length > 0 ? outcome.Error.Trim()
            : outcome.ExitCode == 0 ? ""
            : "syntax error";
    }
}

/// <summary>A file after fixing.</summary>
/// <param name="File">The file before.</param>
/// <param name="Content">The new bytes; the old ones when nothing was fixed.</param>
/// <param name="Count">Number of fixes that are in it.</param>
/// <param name="Notices">What was left out, and why.</param>
internal sealed record FixedFile(SourceFile File, byte[] Content, int Count, ImmutableArray<string> Notices)
{
    /// <summary>Whether the content changed.</summary>
    public bool IsChanged => !Content.AsSpan().SequenceEqual(File.Content);

    /// <summary>Writes the file, keeping its mode; a file that changed since it was read is left alone.</summary>
    /// <exception cref="ToolException">It can't be written, or changed meanwhile.</exception>
    public void Write()
    {
        try
        {
            var current = new SourceFile(File.Path, System.IO.File.ReadAllBytes(File.Path));
            if (!LineEndings.Unix(current).Content.AsSpan().SequenceEqual(File.Content))
                throw ToolException.Input($"{File.Path}: changed while it was checked; not fixed");
            if (ScriptFiles.WhyNotWritable(File.Path) is { } reason)
                throw ToolException.Input($"{File.Path}: {reason}; not fixed");
            AtomicFile.Write(File.Path, LineEndings.Like(Content, current.Content));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Input($"{File.Path}: cannot be written ({e.Message})");
        }
    }
}
