using VmRecovery.Cli.CommandLine;
using VmRecovery.Compiler;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using VmRecovery.Compiler.Library;
using VmRecovery.Diagnostics;
using VmRecovery.Host.Processes;

namespace VmRecovery.Cli.Generate;

/// <summary>One finished generation, not yet written anywhere.</summary>
/// <param name="InputsSha256">Hash of everything it was made of.</param>
/// <param name="Files">The generated files.</param>
/// <param name="Lock">What was made of what.</param>
/// <param name="Findings">What the gates found, and scripts that were refused.</param>
internal sealed record Generation(
    string InputsSha256,
    ImmutableArray<GeneratedFile> Files,
    GenerationLock Lock,
    ImmutableArray<Diagnostic> Findings)
{
    /// <summary>The library's path below the output folder.</summary>
    public const string LibraryPath = "misc/vm-core.func";

    /// <summary>The tool's version, as the header carries it.</summary>
    public static string Version { get; } =
        typeof(Generation).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The files and the lock as a file, last: it must not be newer than what it describes.</summary>
    public ImmutableArray<GeneratedFile> FilesWithLock =>
        [.. Files, new GeneratedFile(GenerationLock.FileName, Encoding.UTF8.GetBytes(Lock.ToJson()))];

    /// <summary>Translates, renders, patches and checks.</summary>
    /// <exception cref="DiagnosticException">The policy or a template is wrong.</exception>
    public static async Task<Generation> RunAsync(
        GenerateRequest request, GenerationInputs inputs, Progress progress, CancellationToken cancellation)
    {
        var tools = Task.WhenAll(RequiredTool.ShellCheck.RequireAsync(cancellation), RequiredTool.Shfmt.RequireAsync(cancellation));
        var chapters = await progress
            .StepAsync("translating the policy", Task.Run(() => PolicyChapters.Of(PolicyCompiler.Compile(inputs.Policy), inputs.Templates), cancellation)).ConfigureAwait(false);
        var frame = inputs.Templates.FirstOrDefault(file => file.Path == LibraryTemplate.FrameName)
            ?? throw ToolException.Input($"{request.TemplatesFolder}: has no vm-core.func.sbn, the frame of the library");
        var library = LibraryTemplate.Render(frame, chapters, Version, inputs.LibrarySha256);
        await tools.ConfigureAwait(false);

        var gates = OutputChecks.RunAsync(library, new ChapterMap(library, chapters), $"out/{LibraryPath}", cancellation);
        var scripts = await progress
            .StepAsync("patching the scripts", PatchedScripts.PatchAsync(inputs.Scripts, cancellation)).ConfigureAwait(false);
        var findings = await progress.StepAsync("checking what was generated", gates).ConfigureAwait(false);

        ImmutableArray<GeneratedFile> files = [new GeneratedFile(LibraryPath, Encoding.UTF8.GetBytes(library)), .. scripts.Files];
        return new Generation(
            inputs.Sha256, files, GenerationLock.For(Version, inputs.All, files), [.. findings, .. scripts.Findings]);
    }
}
