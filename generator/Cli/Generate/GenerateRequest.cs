using System.Collections.Immutable;

namespace VmRecovery.Cli.Generate;

/// <summary>What <c>generate</c> was asked to do.</summary>
/// <param name="PolicyFolder">Folder with the policy's C#.</param>
/// <param name="PolicyLabel">How its files are called in messages and in the output.</param>
/// <param name="TemplatesFolder">Folder with frames and chapters.</param>
/// <param name="Scripts">Scripts, or folders with a <c>vm/</c>, to patch.</param>
/// <param name="OutFolder">Where the output goes.</param>
/// <param name="CacheFile">Where the result of the last run is remembered; null for nowhere.</param>
/// <param name="Check">Whether to compare only.</param>
internal sealed record GenerateRequest(
    string PolicyFolder,
    string PolicyLabel,
    string TemplatesFolder,
    ImmutableArray<string> Scripts,
    string OutFolder,
    string? CacheFile,
    bool Check);
