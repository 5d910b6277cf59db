using System.Collections.Immutable;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting;

/// <summary>The findings that the linter makes itself: about syntax and about comments that switch rules off.</summary>
internal static class MetaRules
{
    /// <summary>Identifier of <see cref="SyntaxError"/>.</summary>
    public const string SyntaxErrorId = "VMR000";

    private const string Category = "Linting";

    /// <summary>Bash would not accept the script.</summary>
    public static readonly DiagnosticDescriptor SyntaxError = new()
    {
        Id = SyntaxErrorId,
        Name = "syntax-error",
        Category = Category,
        Severity = Severity.Error,
        Summary = "bash does not accept the script",
        Rationale =
            "Bash reads a script while it runs it: everything before the error is carried out, nothing after it.",
        Help = "correct the syntax",
        BadExample = "if true; then\n  echo yes\n",
        GoodExample = "if true; then\n  echo yes\nfi\n",
    };

    /// <summary>A comment switches off a rule that finds nothing there.</summary>
    public static readonly DiagnosticDescriptor UnusedSuppression = new()
    {
        Id = "VMR900",
        Name = "unused-suppression",
        Category = Category,
        Severity = Severity.Warning,
        Summary = "a comment switches off a rule that finds nothing there",
        Rationale = "A comment that outlives its reason hides the next fault at its place.",
        Help = "remove the id, or the comment",
        BadExample = "# vmrecovery disable=VMR013 -- the caller looks at the text\necho hello\n",
        GoodExample = "echo hello\n",
    };

    /// <summary>A comment names a rule that does not exist.</summary>
    public static readonly DiagnosticDescriptor UnknownSuppression = new()
    {
        Id = "VMR901",
        Name = "unknown-suppression",
        Category = Category,
        Severity = Severity.Warning,
        Summary = "a comment switches off a rule that does not exist",
        Rationale = "A typing error in the id leaves the rule on, and its author in the belief that it is off.",
        Help = "see 'vmrecovery check --list-rules' for the ids",
        BadExample = "# vmrecovery disable=VMR999\necho hello\n",
        GoodExample = "echo hello\n",
    };

    /// <summary>A comment switches a rule off without saying why, where the configuration demands a reason.</summary>
    public static readonly DiagnosticDescriptor SuppressionWithoutReason = new()
    {
        Id = "VMR902",
        Name = "suppression-without-reason",
        Category = Category,
        Severity = Severity.Warning,
        Summary = "a comment switches off a rule without a reason",
        Rationale = "The next reader can't tell whether the reason still holds. Demanded by 'require-reasons = true'.",
        Help = "add ' -- ' and the reason",
        BadExample = "# vmrecovery disable=VMR013\n",
        GoodExample = "# vmrecovery disable=VMR013 -- the caller looks at the text\n",
    };

    /// <summary>All of them, by id.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        SyntaxError,
        UnusedSuppression,
        UnknownSuppression,
        SuppressionWithoutReason,
    ];
}
