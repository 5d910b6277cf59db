using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting;

/// <summary>The lines that <c>port</c> and <c>generate</c> wrote, recognised by their markers.</summary>
internal static class GeneratedRegions
{
    /// <summary>Begins the comment before a region, without <c>#</c>.</summary>
    public const string Opening = " >>> vmrecovery ";

    /// <summary>Begins the comment after a region, without <c>#</c>.</summary>
    public const string Closing = " <<< vmrecovery ";

    /// <summary>Whether the script was patched: its creation section is a function that recovery runs.</summary>
    public static bool AreIn(VmScript script) =>
        script.Tree.Comments.Any(c => c.Text.StartsWith(Opening + "section ", StringComparison.Ordinal));
}
