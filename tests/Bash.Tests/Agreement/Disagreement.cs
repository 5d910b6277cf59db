using VmRecovery.Bash.Syntax;

namespace VmRecovery.Bash.Tests.Agreement;

/// <summary>The classes of scripts about which <c>bash -n</c> and our reader disagree.</summary>
internal static class Disagreement
{
    /// <summary>Problems of ours that bash finds only when it runs the line: <c>-n</c> does not look into these places.</summary>
    private static readonly string[] FoundAtRunTime =
    [
        "bad substitution",
        "`${` is never closed",
        "the subscript that begins here is never closed",
        "this is no arithmetic expression",

        // bash gives up `[[ ]]` and `[[ a && ]]` without a word, also when it runs them.
        "`[[` without an expression",
        "expected a condition after `&&`",
        "expected a condition after `||`",
    ];

    /// <summary>The class of a script that bash accepts and we do not; null when it is in none.</summary>
    public static string? OfRejected(BashSyntaxTree tree)
    {
        foreach (var problem in tree.Problems)
        {
            var isRunTime = FoundAtRunTime.Contains(problem.Message) || IsInUnparsedText(tree, problem);
            if (isRunTime)
                return "found at run time";
        }
        return null;
    }

    /// <summary>The class of a script that we accept and bash does not; null when it is in none.</summary>
    public static string? OfAccepted(string script) =>
        script.Contains("<(", StringComparison.Ordinal) || script.Contains(">(", StringComparison.Ordinal) ? "process substitution in ${…}"
        : script.Contains("@(", StringComparison.Ordinal) || script.Contains("!(", StringComparison.Ordinal)
            || script.Contains("*(", StringComparison.Ordinal) || script.Contains("?(", StringComparison.Ordinal)
            || script.Contains("+(", StringComparison.Ordinal) ? "extglob may be switched on"
        : null;

    // The text of here-documents, of backquotes and of ${…}.
    private static bool IsInUnparsedText(BashSyntaxTree tree, SyntaxProblem problem)
    {
        foreach (var node in tree.Root.DescendantsAndSelf())
        {
            if (node is HereDocument or CommandSubstitution { IsBackquoted: true } or ParameterExpansion { IsBraced: true }
                && node.FullSpan() is var span && span.Start <= problem.Span.Start && problem.Span.Start <= span.End)
            {
                return true;
            }
        }
        return false;
    }
}
