using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using VmRecovery.Diagnostics;
using VmRecovery.Compiler;
using VmRecovery.Compiler.Loading;
using VmRecovery.Compiler.Translation;
using VmRecovery.Host.Files;

namespace VmRecovery.Tests.Translation;

/// <summary>The policy in recovery-model, compiled and translated once for all tests.</summary>
internal static class ShippedPolicy
{
    private static readonly Lazy<PolicyCompilation> Compiled = new(() => PolicyCompilation.Create(Sources()));
    private static readonly Lazy<TranslatedPolicy> Translation = new(() => PolicyCompiler.Translate(new PolicyModel(Compiled.Value)));

    public static PolicyCompilation Compilation => Compiled.Value;

    public static TranslatedPolicy Translated => Translation.Value;

    public static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    public static ImmutableArray<SourceFile> Sources() =>
        SourceTree.Read(Path.Combine(Root(), "recovery-model"), "recovery-model", ".cs");
}
