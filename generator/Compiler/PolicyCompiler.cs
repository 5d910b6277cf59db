using VmRecovery.Diagnostics;
using System.Collections.Immutable;
using VmRecovery.Compiler.Checks;
using VmRecovery.Compiler.Loading;
using VmRecovery.Compiler.Translation;

namespace VmRecovery.Compiler;

/// <summary>The pipeline from the C# of a policy to bash: compile, check, translate, run the samples.</summary>
internal static class PolicyCompiler
{
    /// <summary>Compiles, checks and translates a policy.</summary>
    /// <exception cref="DiagnosticException">
    /// The policy does not compile, is not pure or complete, or has no bash equivalent.
    /// </exception>
    public static ImmutableArray<TranslatedFunction> Compile(ImmutableArray<SourceFile> sources)
    {
        var translated = Translate(new PolicyModel(PolicyCompilation.Create(sources)));
        return translated.Diagnostics.IsEmpty ? translated.Functions : throw new DiagnosticException(translated.Diagnostics);
    }

    /// <summary>Translates a policy that passes everything; otherwise says what is wrong with it.</summary>
    /// <remarks>
    /// Nothing of the policy is loaded before it is known to be pure. Samples come last: a pattern that is wrong is
    /// better named at its character than by the exception that it throws.
    /// </remarks>
    public static TranslatedPolicy Translate(PolicyModel model)
    {
        if (model.Policy.Emit(out var errors) is not { } image)
            return new TranslatedPolicy([], errors);
        ImmutableArray<Diagnostic> found = [.. PurityCheck.Run(model.Policy, image), .. CompletenessCheck.Run(model), .. RegisterCheck.Run(model)];
        if (!found.IsEmpty)
            return new TranslatedPolicy([], found);
        var translated = PolicyTranslator.Translate(model);
        return translated.Diagnostics.IsEmpty && SampleCheck.Run(model, image) is { IsEmpty: false } wrong
            ? new TranslatedPolicy([], wrong)
            : translated;
    }
}
