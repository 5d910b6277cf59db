using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Generation;
using Diagnostic = VmRecovery.Diagnostics.Diagnostic;

namespace VmRecovery.Policy;

/// <summary>A policy compiled in memory: its symbols for the translator, its image for the checks.</summary>
internal sealed class PolicyCompilation
{
    private PolicyCompilation(CSharpCompilation compilation, byte[] image, byte[] symbols)
    {
        Compilation = compilation;
        Image = image;
        Symbols = symbols;
    }

    /// <summary>The compilation with its semantic models.</summary>
    public CSharpCompilation Compilation { get; }

    /// <summary>The assembly's bytes.</summary>
    public byte[] Image { get; }

    /// <summary>Its portable PDB.</summary>
    public byte[] Symbols { get; }

    /// <summary>Compiles the policy's sources.</summary>
    /// <exception cref="DiagnosticException">They don't compile: one VMP001 an error.</exception>
    public static PolicyCompilation Compile(ImmutableArray<SourceFile> sources)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14);
        var trees = sources.AsParallel().AsOrdered()
            .Select(source => CSharpSyntaxTree.ParseText(SourceText.From(source.Text, System.Text.Encoding.UTF8), options, source.Name))
            .ToArray();
        var compilation = CSharpCompilation.Create(
            "Policy",
            trees,
            Net100.References.All,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                optimizationLevel: OptimizationLevel.Release,
                deterministic: true));
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = compilation.Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        if (!result.Success)
            throw new DiagnosticException(
            [
                .. result.Diagnostics
                    .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                    .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                    .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                    .Select(NotCompiling),
            ]);
        return new PolicyCompilation(compilation, image.ToArray(), symbols.ToArray());
    }

    /// <summary>The place of a piece of source.</summary>
    public static Place PlaceOf(Location location)
    {
        if (location.SourceTree is not { } tree)
            return new Place("policy");
        var span = location.GetLineSpan();
        var lines = tree.GetText().Lines;
        var line = lines[span.StartLinePosition.Line].ToString();
        var length = span.EndLinePosition.Line == span.StartLinePosition.Line
            ? span.EndLinePosition.Character - span.StartLinePosition.Character
            : line.Length - span.StartLinePosition.Character;
        return new Place(tree.FilePath, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, Math.Max(1, length), line);
    }

    private static Diagnostic NotCompiling(Microsoft.CodeAnalysis.Diagnostic diagnostic)
    {
        var message = diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        return new Diagnostic(
            PlaceOf(diagnostic.Location), Severity.Error, "VMP001",
            $"{char.ToLowerInvariant(message[0])}{message[1..].TrimEnd('.')} ({diagnostic.Id})");
    }
}
