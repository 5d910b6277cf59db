using System.Collections.Immutable;
using VmRecovery.Findings;
using VmRecovery.Translation;

namespace VmRecovery.Policy;

/// <summary>Everything that a policy must pass.</summary>
internal static class PolicyChecks
{
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
