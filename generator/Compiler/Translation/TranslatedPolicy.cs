using System.Collections.Immutable;
using VmRecovery.Diagnostics;

namespace VmRecovery.Compiler.Translation;

/// <summary>The part of the library in which a function stands.</summary>
internal enum PolicyChapter
{
    /// <summary>Which class a failure has.</summary>
    Detectors,

    /// <summary>Why a failure happened, in words.</summary>
    Reasons,

    /// <summary>Which options a user is offered.</summary>
    Menu,

    /// <summary>How what was made is removed.</summary>
    Cleanup,

    /// <summary>What is known about each script.</summary>
    Profiles,
}

/// <summary>A bash function and where it comes from.</summary>
/// <param name="Name">Its bash name.</param>
/// <param name="Chapter">Where it belongs.</param>
/// <param name="Member">The C# member, such as <c>Download.IsDownloadError</c>.</param>
/// <param name="Location">Declaration of that member.</param>
/// <param name="Text">Comment and definition, formatted, with a final line end.</param>
internal sealed record TranslatedFunction(string Name, PolicyChapter Chapter, string Member, Location Location, string Text);

/// <summary>A policy in bash, or why there is none.</summary>
/// <param name="Functions">In the order in which they stand in the file; chapters are together.</param>
/// <param name="Diagnostics">What has no bash equivalent; <paramref name="Functions"/> is empty when there is any.</param>
internal sealed record TranslatedPolicy(
    ImmutableArray<TranslatedFunction> Functions, ImmutableArray<Diagnostic> Diagnostics);
