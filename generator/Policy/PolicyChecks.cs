using System.Collections.Immutable;
using VmRecovery.Diagnostics;

namespace VmRecovery.Policy;

/// <summary>Everything that a policy must pass before it is translated or run.</summary>
internal static class PolicyChecks
{
    /// <summary>What is wrong. Nothing of the policy is loaded before it is known to be pure and complete.</summary>
    public static ImmutableArray<Diagnostic> Run(PolicyModel model)
    {
        if (model.Policy.Emit(out var errors) is not { } image)
            return errors;
        ImmutableArray<Diagnostic> found = [.. PurityCheck.Run(model.Policy, image), .. CompletenessCheck.Run(model)];
        return found.IsEmpty ? SampleCheck.Run(model, image) : found;
    }
}
