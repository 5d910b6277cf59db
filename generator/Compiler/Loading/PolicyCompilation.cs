using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using SourceFile = VmRecovery.Diagnostics.SourceFile;
using Diagnostic = VmRecovery.Diagnostics.Diagnostic;

namespace VmRecovery.Compiler.Loading;

/// <summary>The compiled policy: its image and debug symbols, both in memory.</summary>
internal sealed record PolicyImage(byte[] Assembly, byte[] Symbols);

/// <summary>A policy bound by the C# compiler: what everything else looks at.</summary>
internal sealed class PolicyCompilation
{
    private static readonly CSharpParseOptions ParseOptions =
        new(LanguageVersion.CSharp14, DocumentationMode.Parse);

    // What a policy may need, and the homes of what PurityCheck refuses by name; loading all 160 takes longer.
    private static readonly ImmutableArray<MetadataReference> References =
    [
        Net100.References.SystemRuntime,
        Net100.References.SystemCollections,
        Net100.References.SystemCollectionsImmutable,
        Net100.References.SystemConsole,
        Net100.References.SystemDiagnosticsProcess,
        Net100.References.SystemLinq,
        Net100.References.SystemMemory,
        Net100.References.SystemNetHttp,
        Net100.References.SystemRuntimeInteropServices,
        Net100.References.SystemTextRegularExpressions,
        Net100.References.SystemThreading,
    ];

    private PolicyCompilation(CSharpCompilation roslyn) => Roslyn = roslyn;

    /// <summary>The compilation.</summary>
    public CSharpCompilation Roslyn { get; }

    /// <summary>Parses and binds the files. Nothing is written and nothing is loaded.</summary>
    public static PolicyCompilation Create(IEnumerable<SourceFile> sources)
    {
        // The order of the files must not show in the result.
        var trees = sources
            .OrderBy(s => s.Path, StringComparer.Ordinal)
            .AsParallel()
            .AsOrdered()
            .Select(s => CSharpSyntaxTree.ParseText(SourceText.From(s.Text, System.Text.Encoding.UTF8), ParseOptions, s.Path))
            .ToArray();
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            deterministic: true,
            reportSuppressedDiagnostics: false);
        return new PolicyCompilation(CSharpCompilation.Create("VmRecovery.Policy", trees, References, options));
    }

    /// <summary>Compiles to memory.</summary>
    /// <param name="errors">What the C# compiler refuses, in the order of files and lines; empty when it compiles.</param>
    /// <returns>Null when there are errors.</returns>
    public PolicyImage? Emit(out ImmutableArray<Diagnostic> errors)
    {
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var options = new Microsoft.CodeAnalysis.Emit.EmitOptions(
            debugInformationFormat: Microsoft.CodeAnalysis.Emit.DebugInformationFormat.PortablePdb);
        var result = Roslyn.Emit(image, symbols, options: options);
        errors = Translate(result.Diagnostics);
        return result.Success ? new PolicyImage(image.ToArray(), symbols.ToArray()) : null;
    }

    private static ImmutableArray<Diagnostic> Translate(IEnumerable<Microsoft.CodeAnalysis.Diagnostic> found) =>
    [
        .. found
            .Where(d => d.Severity == DiagnosticSeverity.Error)
            .OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(d => d.Location.SourceSpan.Start)
            .Select(d => new Diagnostic(
                PolicyDiagnostics.CompileError,
                SourceLocations.Of(d.Location),
                $"{Sentence(d.GetMessage(System.Globalization.CultureInfo.InvariantCulture))} ({d.Id})")),
    ];

    private static string Sentence(string message) => char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');
}
