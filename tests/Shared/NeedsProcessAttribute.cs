using Xunit.v3;

namespace VmRecovery.Tests;

/// <summary>Marks a test that starts other programs: <c>./test fast</c> leaves it to the second part of <c>./test</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class NeedsProcessAttribute : Attribute, ITraitAttribute
{
    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("needs", "process")];
}
