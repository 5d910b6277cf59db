using System.Collections.Immutable;
using VmRecovery.Diagnostics;

namespace VmRecovery.Compiler;

/// <summary>Diagnostics about C# that has no bash equivalent.</summary>
internal static class TranslationDiagnostics
{
    private const string Category = "translation";

    public static readonly DiagnosticDescriptor Statement = new()
    {
        Id = "VMP201",
        Name = "untranslatable-statement",
        Category = Category,
        Summary = "a statement without a bash equivalent",
        Help = "use if, return, calls, and local variables with a value",
        BadExample = "while (true) { }",
        GoodExample = "if (failure.ExitCode == 28) return true;",
    };

    public static readonly DiagnosticDescriptor Expression = new()
    {
        Id = "VMP202",
        Name = "untranslatable-expression",
        Category = Category,
        Summary = "an expression without a bash equivalent, or one that would ask a command twice",
        Help = "take it apart into the questions that a failure, a log and a text have",
        BadExample = "failure.Command[3] == 'x'",
        GoodExample = "failure.Command.Contains(\"x\", StringComparison.Ordinal)",
    };

    public static readonly DiagnosticDescriptor Call = new()
    {
        Id = "VMP203",
        Name = "untranslatable-call",
        Category = Category,
        Summary = "a call that bash has no word for, or a method that calls itself",
        Help = "ask texts with Contains, StartsWith, EndsWith, logs with Contains, Mentions, Matches",
        BadExample = "failure.Command.Trim() == \"qm\"",
        GoodExample = "failure.Program == \"qm\"",
    };

    public static readonly DiagnosticDescriptor Comparison = new()
    {
        Id = "VMP204",
        Name = "comparison-by-culture",
        Category = Category,
        Summary = "a comparison that is not byte by byte",
        Rationale = "bash compares bytes under LC_ALL=C; a culture would make the two executions differ.",
        Help = "pass StringComparison.Ordinal",
        BadExample = "failure.Command.StartsWith(\"qm\")",
        GoodExample = "failure.Command.StartsWith(\"qm\", StringComparison.Ordinal)",
    };

    public static readonly DiagnosticDescriptor Pattern = new()
    {
        Id = "VMP205",
        Name = "untranslatable-pattern",
        Category = Category,
        Summary = "a pattern without a bash equivalent, or a switch without a last arm _",
        Help = "make patterns of constants, or, and, not and comparisons, and end a switch with _",
        BadExample = "failure.Command is { Length: 3 }",
        GoodExample = "failure.ExitCode is 6 or 7",
    };

    public static readonly DiagnosticDescriptor Member = new()
    {
        Id = "VMP206",
        Name = "unknown-member",
        Category = Category,
        Summary = "a member that bash does not know",
        Help = "mark the property with [BashVariable], or make the field a constant",
    };

    public static readonly DiagnosticDescriptor Signature = new()
    {
        Id = "VMP207",
        Name = "untranslatable-signature",
        Category = Category,
        Summary = "a parameter or result of a type that bash does not have",
        Help = "use string, int, bool, enums and the records of the policy",
        BadExample = "static bool IsFull(double share)",
        GoodExample = "static bool IsFull(int percent)",
    };

    public static readonly DiagnosticDescriptor Name = new()
    {
        Id = "VMP208",
        Name = "impossible-name",
        Category = Category,
        Summary = "a name that bash cannot have or that hides another",
        Help = "choose another name",
    };

    public static readonly DiagnosticDescriptor Characters = new()
    {
        Id = "VMP209",
        Name = "untranslatable-characters",
        Category = Category,
        Summary = "characters that bash reads otherwise",
        Rationale = "A log is bytes; text outside ASCII has more than one encoding.",
        Help = "use printable ASCII",
    };

    public static readonly DiagnosticDescriptor Table = new()
    {
        Id = "VMP210",
        Name = "untranslatable-table",
        Category = Category,
        Summary = "a table that is not a list of new(…) with constants",
        Help = "write the table as [ new(\"key\", …), … ]",
    };

    public static readonly DiagnosticDescriptor InvalidRegex = new()
    {
        Id = "VMP220",
        Name = "invalid-regex",
        Category = Category,
        Summary = "not a regular expression",
        Help = "correct the pattern",
        BadExample = "failure.Log.Matches(\"a(\")",
        GoodExample = "failure.Log.Matches(\"a\\\\(\")",
    };

    public static readonly DiagnosticDescriptor RegexFeature = new()
    {
        Id = "VMP221",
        Name = "regex-without-posix",
        Category = Category,
        Summary = "a feature of .NET patterns that POSIX does not have",
        Rationale = "bash matches with POSIX extended regular expressions.",
        Help = "use sets, groups, alternatives and greedy quantifiers; ^ and $ at the ends",
        BadExample = "\"error(?= 5)\"",
        GoodExample = "\"error 5\"",
    };

    public static readonly DiagnosticDescriptor RegexNotConstant = new()
    {
        Id = "VMP222",
        Name = "computed-regex",
        Category = Category,
        Summary = "a pattern that is not a constant",
        Rationale = "Only a constant can be translated when the library is generated.",
        Help = "write the pattern as a constant",
        BadExample = "failure.Log.Matches(failure.Command)",
        GoodExample = "failure.Log.Matches(\"no space left\")",
    };

    public static readonly DiagnosticDescriptor Capture = new()
    {
        Id = "VMP223",
        Name = "bad-capture",
        Category = Category,
        Summary = "a name in a sentence that no group holds, or that advice must not hold",
        Rationale =
            "Advice is copied into a shell: text of a log must not reach it unless its characters are " +
            "harmless.",
        Help = "let the group be one repeated set",
        BadExample = "\"part {1}\" with part (a|ab)",
        GoodExample = "\"part {1}\" with part ([a-z]+)",
    };

    /// <summary>All of them, by identifier.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        Statement,
        Expression,
        Call,
        Comparison,
        Pattern,
        Member,
        Signature,
        Name,
        Characters,
        Table,
        InvalidRegex,
        RegexFeature,
        RegexNotConstant,
        Capture,
    ];
}
